import { Injectable } from '@nestjs/common';
import { type AttemptEvent, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { CheckContent } from './check-content.use-case';
import { type RecordReading } from './record-reader.port';

/** Whether a record may be stored. An admitted one without `event` asks to recompute the learner's metrics. */
export type Admission =
  | { readonly kind: 'admitted'; readonly learner: LearnerInBatch; readonly event?: AttemptEvent }
  | { readonly kind: 'refused'; readonly reason: string };

/** Decides whether a record that was read is valid, the content check included. */
@Injectable()
export class AdmitRecord {
  constructor(private readonly checkContent: CheckContent) {}

  /** @throws CATALOGUE.UNAVAILABLE; the error of a reading that failed */
  async execute(reading: RecordReading): Promise<Admission> {
    switch (reading.kind) {
      case 'failed':
        throw reading.error;
      case 'invalid':
        return { kind: 'refused', reason: reading.reason };
      case 'recompute':
        return { kind: 'admitted', learner: reading.learner };
      case 'attempt':
        return this.admitAttempt(reading.event);
    }
  }

  private async admitAttempt(event: AttemptEvent): Promise<Admission> {
    const reason = await this.checkContent.execute(event);
    return reason === undefined ? { kind: 'admitted', learner: event.attempt, event } : { kind: 'refused', reason };
  }
}
