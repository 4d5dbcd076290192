import { Injectable } from '@nestjs/common';
import {
  failedEvent,
  fullTopicName,
  parseAssessRecord,
  type ParsedAssessRecord,
  topics,
} from '@scorekeep/core/contract-events';
import { type AttemptEvent, learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { toAttemptEvent, toLearner } from './assess-event.mapper';
import { CheckContent } from './check-content.use-case';
import { failureOutcome } from './failure-outcome';
import { IngestOptions } from './ingest-options';
import { type EventVerdict } from './plan-attempts';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

type Accepted = Exclude<ParsedAssessRecord, { kind: 'invalid' }>;

/** One valid record on its way; `event` is missing where it asks to recompute. */
interface Arrival {
  readonly index: number;
  readonly record: ConsumedRecord;
  readonly parsed: Accepted;
  readonly event?: AttemptEvent;
}

interface LearnerGroup {
  readonly learner: LearnerInBatch;
  readonly arrivals: Arrival[];
}

/** Records of the assess topic → outcomes. Learners are handled side by side, one learner's records in their order. */
@Injectable()
export class AssessBatchHandler {
  /** How often a record failed without a reason that is known to pass, by topic, partition and offset. */
  private readonly unexplainedFailures = new Map<string, number>();

  constructor(
    private readonly checkContent: CheckContent,
    private readonly recordAttempts: RecordAttempts,
    private readonly requestCertificate: RequestCertificate,
    private readonly options: IngestOptions,
  ) {}

  /** @returns one outcome per record, in their order */
  async handle(records: readonly ConsumedRecord[]): Promise<RecordOutcome[]> {
    const outcomes = new Array<RecordOutcome>(records.length);
    const groups = new Map<string, LearnerGroup>();
    records.forEach((record, index) => {
      const parsed = parseAssessRecord(record.value);
      if (parsed.kind === 'invalid') {
        outcomes[index] = this.deadLetter(record, parsed.original, parsed.reason);
        return;
      }
      const learner = toLearner(parsed.message);
      const group = groups.get(learnerKey(learner)) ?? { learner, arrivals: [] };
      group.arrivals.push(this.arrival(index, record, parsed));
      groups.set(learnerKey(learner), group);
    });
    await Promise.all([...groups.values()].map((group) => this.handleLearner(group, outcomes)));
    return outcomes;
  }

  private arrival(index: number, record: ConsumedRecord, parsed: Accepted): Arrival {
    if (parsed.kind === 'recompute') return { index, record, parsed };
    const { layout, nowMs } = this.options;
    const context = { recordTimestampMs: record.timestampMs, nowMs: nowMs(), layout };
    return { index, record, parsed, event: toAttemptEvent(parsed.message, context) };
  }

  private async handleLearner({ learner, arrivals }: LearnerGroup, outcomes: RecordOutcome[]): Promise<void> {
    try {
      const allowed = await this.withoutInvalidContents(arrivals, outcomes);
      if (allowed.length === 0) return;
      const withEvents = allowed.filter((arrival) => arrival.event !== undefined);
      const events = withEvents.flatMap(({ event }) => event ?? []);
      const { verdicts, scores } = await this.recordAttempts.execute(learner, events);
      await this.requestCertificate.execute(learner, scores, withEvents.length < allowed.length);
      for (const { index } of allowed) outcomes[index] = { kind: 'done' };
      withEvents.forEach(({ index, record, parsed }, position) => {
        outcomes[index] = this.outcomeOf(verdicts[position] ?? 'accepted', record, parsed);
      });
      this.forget(arrivals);
    } catch (error) {
      for (const arrival of arrivals) outcomes[arrival.index] = this.failed(arrival, error);
    }
  }

  private async withoutInvalidContents(arrivals: readonly Arrival[], outcomes: RecordOutcome[]): Promise<Arrival[]> {
    const allowed: Arrival[] = [];
    for (const arrival of arrivals) {
      const reason = arrival.event ? await this.checkContent.execute(arrival.event.attempt) : undefined;
      if (reason === undefined) allowed.push(arrival);
      else outcomes[arrival.index] = this.deadLetter(arrival.record, { ...arrival.parsed.message }, reason);
    }
    return allowed;
  }

  private outcomeOf(verdict: EventVerdict, record: ConsumedRecord, parsed: Accepted): RecordOutcome {
    switch (verdict) {
      case 'accepted':
        return { kind: 'done' };
      case 'repeated':
      case 'stale':
        return { kind: 'skip', reason: verdict };
      case 'too many attempts':
        return this.deadLetter(record, { ...parsed.message }, verdict);
    }
  }

  private failed({ record, parsed }: Arrival, error: unknown): RecordOutcome {
    const key = placeOf(record);
    const failures = (this.unexplainedFailures.get(key) ?? 0) + 1;
    const outcome = failureOutcome(error, failures);
    if (outcome.kind === 'retry') {
      if (outcome.counts) this.unexplainedFailures.set(key, failures);
      return { kind: 'retry', cause: outcome.cause };
    }
    this.unexplainedFailures.delete(key);
    return this.deadLetter(record, { ...parsed.message }, outcome.reason);
  }

  private forget(arrivals: readonly Arrival[]): void {
    for (const { record } of arrivals) this.unexplainedFailures.delete(placeOf(record));
  }

  private deadLetter(
    record: ConsumedRecord,
    original: Record<string, unknown> | undefined,
    reason: string,
  ): RecordOutcome {
    const topic = fullTopicName(this.options.topicPrefix, topics.assessFailed);
    return {
      kind: 'dead-letter',
      reason,
      topic,
      message: { key: record.key, ...failedEvent(record, original, reason) },
    };
  }
}

function placeOf({ topic, partition, offset }: ConsumedRecord): string {
  return `${topic}/${partition}/${offset}`;
}
