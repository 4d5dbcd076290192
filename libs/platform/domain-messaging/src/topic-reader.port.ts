import { type ConsumedRecord } from './consumed-record';

/** A record of a topic, whoever reads it. */
export type StoredRecord = Omit<ConsumedRecord, 'mayHaveBegun'>;

/** Offsets by partition number. */
export type OffsetsByPartition = ReadonlyMap<number, bigint>;

export interface ReadRequest {
  /** Full name. */
  readonly topic: string;
  /** Records that this group has committed are not read again. */
  readonly groupId: string;
  /** Records at or after these offsets are not read. */
  readonly ends: OffsetsByPartition;
  /** Whether to commit what was handled; without it, the next read begins at the same place. */
  readonly commits: boolean;
  /** Ends the reading at the next safe point; it rejects with the signal's reason then. */
  readonly signal: AbortSignal;
}

/** Reads what a topic holds, from where a group is to a given end. For work with an end; consumers go on for ever. */
export abstract class TopicReader {
  /** The offset after the newest record, per partition. @throws KAFKA.* */
  abstract endsOf(topic: string): Promise<OffsetsByPartition>;

  /** The offset of the oldest record that retention has left, per partition. @throws KAFKA.* */
  abstract startsOf(topic: string): Promise<OffsetsByPartition>;

  /** What the groups whose names begin like that have committed of a topic; those that committed nothing are absent. @throws KAFKA.* */
  abstract committedBy(groupPrefix: string, topic: string): Promise<ReadonlyMap<string, OffsetsByPartition>>;

  /**
   * Hands over records in lists of one partition, in order; a list is committed when `handle` resolves. Several processes
   * may read as one group: they share the partitions, and each resolves when all of them are done.
   *
   * @throws what `handle` threw; KAFKA.*; the reason of the signal
   */
  abstract read(request: ReadRequest, handle: (records: readonly StoredRecord[]) => Promise<void>): Promise<void>;
}
