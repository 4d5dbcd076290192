import { type AnswersToStore, type AttemptEvent, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';

/** What is looked at of a record to know what it says. */
export type UnreadRecord = Pick<ConsumedRecord, 'value' | 'timestampMs'>;

/** What a record says by itself: no server was asked. */
export type RecordReading<Answers extends AnswersToStore = AnswersToStore> =
  | { readonly kind: 'attempt'; readonly event: AttemptEvent & { readonly answers: Answers } }
  /** Asks to recompute the learner's metrics. */
  | { readonly kind: 'recompute'; readonly learner: LearnerInBatch }
  /** Not valid. `reason` names field and fault, and holds no value of the message. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** A defect of the program that this record brought up. */
  | { readonly kind: 'failed'; readonly error: Error };

/** Reads records of the assess topic: the costliest step of the ingest, and one that needs nothing but the bytes. */
export abstract class RecordReader {
  /**
   * @returns one reading per record, in their order
   * @throws INGEST.READER_DIED: nothing is known of the records
   */
  abstract read(records: readonly UnreadRecord[]): Promise<readonly RecordReading[]>;
}
