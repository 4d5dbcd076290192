import { type AttemptIdentity, attemptKey, learnerKey } from '@scorekeep/core/domain-scoring';

const MOST_REMEMBERED = 100_000;

/** Counts each row of a range once, however often it is met. Of more rows than are remembered, one may count twice. */
export class CountedRows {
  private readonly seen = new Set<string>();
  private total = 0;

  constructor(private readonly mostRemembered = MOST_REMEMBERED) {}

  get count(): number {
    return this.total;
  }

  add(attempt: AttemptIdentity): void {
    const key = JSON.stringify([learnerKey(attempt), attemptKey(attempt)]);
    if (this.seen.has(key)) return;
    this.total += 1;
    if (this.seen.size < this.mostRemembered) this.seen.add(key);
  }
}
