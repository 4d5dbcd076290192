import {
  type AttemptIdentity,
  type AttemptScore,
  scoreOfRow,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { judgeKey, type KeyCopies } from '../rows/judge-key';

/** About 300 bytes each. */
const MOST_KEPT = 50_000;

/** A live row that an object holds as it is: what must be known to delete it. */
export interface DeletableRow extends AttemptIdentity {
  readonly writeTimeUs: bigint;
  /** What it says of its attempt; undefined for a row that two versions lie in. */
  readonly entry: AttemptScore | undefined;
}

/**
 * The deletable rows of a week, found while it is compared. Most weeks of a batch are so small that they need not be
 * read again to be deleted; of a larger one nothing is kept.
 */
export class DeletableRows {
  private rows: DeletableRow[] | undefined = [];

  constructor(private readonly mostKept = MOST_KEPT) {}

  add(row: WrittenAttempt): void {
    this.rows?.push(deletable(row));
    if (this.rows && this.rows.length > this.mostKept) this.rows = undefined;
  }

  /** @param again the keys of the week, read only when there were too many rows to keep; in either case in row order */
  all(again: () => AsyncIterable<KeyCopies>): Iterable<DeletableRow> | AsyncIterable<DeletableRow> {
    return this.rows ?? archivedAlone(again());
  }
}

async function* archivedAlone(keys: AsyncIterable<KeyCopies>): AsyncGenerator<DeletableRow> {
  for await (const key of keys) if (key.live && judgeKey(key) === 'archived') yield deletable(key.live);
}

function deletable(row: WrittenAttempt): DeletableRow {
  const { userId, courseId, batchId, contentId, attemptId, writeTimeUs } = row;
  const entry = row.mixed ? undefined : scoreOfRow(row, shortDigest);
  return { userId, courseId, batchId, contentId, attemptId, writeTimeUs, entry };
}
