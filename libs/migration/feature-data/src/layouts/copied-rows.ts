import { type AttemptIdentity, attemptKey, learnerKey, type WriteTimeUs } from '@scorekeep/core/domain-scoring';

const MOST_REMEMBERED = 100_000;

/** Counts each row of a range that is copied once, however often it changes. Of more than are remembered, one may count twice. */
export class CopiedRows {
  private readonly copied = new Map<string, WriteTimeUs>();
  private limit = 0;
  private total = 0;

  constructor(private readonly mostRemembered = MOST_REMEMBERED) {}

  get count(): number {
    return this.total;
  }

  /** The range is looked at once more: as many further rows are remembered. */
  beginLook(): void {
    this.limit += this.mostRemembered;
  }

  /** @returns whether it was copied before as it is now */
  add(attempt: AttemptIdentity, writeTimeUs: WriteTimeUs): boolean {
    const key = JSON.stringify([learnerKey(attempt), attemptKey(attempt)]);
    const before = this.copied.get(key);
    if (before === undefined) this.total += 1;
    if (before !== undefined || this.copied.size < this.limit) this.copied.set(key, writeTimeUs);
    return before === writeTimeUs;
  }
}
