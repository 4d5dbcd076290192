import { RateLimit } from '@scorekeep/platform/util-http';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** After Redis failed, counts are kept here for so long before it is asked again. */
const AWAY_MS = 1_000;

export interface SharedRateLimitParts {
  /** Shared by all instances; may fail. */
  readonly shared: RateLimiterAbstract;
  /** Of this instance alone. */
  readonly local: RateLimiterAbstract;
  /** Told when the shared limit goes away, and when it is back. */
  readonly onChange: (isShared: boolean, cause?: unknown) => void;
  /** Monotonic, ms. */
  readonly nowMs: () => number;
}

/** Counts with all other instances, and alone while that cannot be done. */
export class SharedRateLimit extends RateLimit {
  private sharedAgainMs = -Infinity;
  private shares = true;

  constructor(private readonly parts: SharedRateLimitParts) {
    super();
  }

  get isShared(): boolean {
    return this.shares;
  }

  async take(userId: string): Promise<number | undefined> {
    const { shared, local, nowMs } = this.parts;
    if (nowMs() < this.sharedAgainMs) return waitOf(local, userId);
    try {
      const waitMs = await waitOf(shared, userId);
      this.note(true);
      return waitMs;
    } catch (cause) {
      this.sharedAgainMs = nowMs() + AWAY_MS;
      this.note(false, cause);
      return waitOf(local, userId);
    }
  }

  private note(isShared: boolean, cause?: unknown): void {
    if (isShared === this.shares) return;
    this.shares = isShared;
    this.parts.onChange(isShared, cause);
  }
}

/** Counts on this instance alone. */
export class LocalRateLimit extends RateLimit {
  constructor(private readonly local: RateLimiterAbstract) {
    super();
  }

  take(userId: string): Promise<number | undefined> {
    return waitOf(this.local, userId);
  }
}

/** @throws what is no answer of the limiter: a failed connection */
async function waitOf(limiter: RateLimiterAbstract, userId: string): Promise<number | undefined> {
  try {
    await limiter.consume(userId);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
    throw refusal;
  }
}
