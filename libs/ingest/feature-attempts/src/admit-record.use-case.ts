import { Injectable } from '@nestjs/common';
import { type AssessMessage, failureReasons, parseAssessRecord } from '@scorekeep/core/contract-events';
import { type AttemptEvent, AttemptRows, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';
import { AdmissionOptions } from './admission-options';
import { toAttemptEvent, toLearner } from './assess-event.mapper';
import { CheckContent } from './check-content.use-case';
import { IngestOptions } from './ingest-options';

/** Whether a record may be stored. An admitted one without `event` asks to recompute the learner's metrics. */
export type Admission =
  | { readonly kind: 'admitted'; readonly learner: LearnerInBatch; readonly event?: AttemptEvent }
  | { readonly kind: 'refused'; readonly reason: string };

type ReadEvent = ReturnType<typeof toAttemptEvent>;

/** What is looked at of a record. */
type ReadRecord = Pick<ConsumedRecord, 'value' | 'timestampMs'>;

/** Reads a record of the assess topic and decides whether it is valid, the content check included. */
@Injectable()
export class AdmitRecord {
  constructor(
    private readonly checkContent: CheckContent,
    private readonly rows: AttemptRows,
    private readonly options: IngestOptions,
    private readonly admission: AdmissionOptions,
  ) {}

  /** @throws CATALOGUE.UNAVAILABLE */
  async execute(record: ReadRecord): Promise<Admission> {
    const parsed = parseAssessRecord(record.value, this.admission.limits);
    switch (parsed.kind) {
      case 'invalid':
        return { kind: 'refused', reason: parsed.reason };
      case 'recompute':
        return { kind: 'admitted', learner: toLearner(parsed.message) };
      case 'attempt':
        return this.admitAttempt(parsed.message, record);
    }
  }

  private async admitAttempt(message: AssessMessage, record: ReadRecord): Promise<Admission> {
    const event = this.packed(this.eventOf(message, record));
    if (!event) return { kind: 'refused', reason: failureReasons.nestedTooDeeply };
    if (hasEndlessSum(event)) return { kind: 'refused', reason: failureReasons.scoreTooLarge };
    const reason = await this.checkContent.execute(event);
    return reason === undefined ? { kind: 'admitted', learner: event.attempt, event } : { kind: 'refused', reason };
  }

  /** A micro-batch of built answers would outlive the collector's young generation, which costs more than packing. */
  private packed(event: ReadEvent | undefined): AttemptEvent | undefined {
    return event && { ...event, answers: this.rows.pack(event.answers) };
  }

  /** @returns undefined when something is nested so deeply that it has no text: JSON.stringify recurses */
  private eventOf(message: AssessMessage, { timestampMs }: ReadRecord): ReadEvent | undefined {
    const { layout, nowMs } = this.options;
    try {
      return toAttemptEvent(message, { recordTimestampMs: timestampMs, nowMs: nowMs(), layout });
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}

function hasEndlessSum({ summary }: AttemptEvent): boolean {
  return !Number.isFinite(summary.score) || !Number.isFinite(summary.maxScore);
}
