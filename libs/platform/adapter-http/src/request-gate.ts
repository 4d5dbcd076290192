import { saturated } from './http.errors';
import { type HttpLimits } from './http-limits.settings';

type GateLimits = Pick<HttpLimits, 'maxConcurrent' | 'maxWaiting' | 'maxWaitMs'>;

/**
 * How many requests are worked on at once. Up to `maxWaiting` others wait, first come, first served, at most `maxWaitMs`
 * each; whoever comes then, or has waited that long, is refused. So a request's time stays bounded, however many come.
 */
export class RequestGate {
  private working = 0;
  /** Requests whose callers are being looked at, before their turn. */
  private arriving = 0;
  /** In order of arrival; each lets its request in. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limits: GateLimits) {}

  get inside(): number {
    return this.working;
  }

  get outside(): number {
    return this.waiting.size;
  }

  /** True when whoever comes now is refused: all places are taken, or will be by those who are here. */
  get isFull(): boolean {
    const { maxConcurrent, maxWaiting } = this.limits;
    return this.working + this.waiting.size + this.arriving >= maxConcurrent + maxWaiting;
  }

  /** Counts a request as here while it is looked at, so that no more are looked at than will get a place. */
  async whileArriving<T>(look: () => Promise<T>): Promise<T> {
    this.arriving += 1;
    try {
      return await look();
    } finally {
      this.arriving -= 1;
    }
  }

  /** Works as soon as it may. The place is taken until the work ends, however long that is. @throws HTTP.SATURATED */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.working < this.limits.maxConcurrent) this.working += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.size >= this.limits.maxWaiting) return Promise.reject(saturated());
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer);
        this.waiting.delete(enter);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(enter);
        reject(saturated());
      }, this.limits.maxWaitMs);
      this.waiting.add(enter);
    });
  }

  /** The place goes to the next who waits; only when nobody does is it free. */
  private leave(): void {
    const [next] = this.waiting;
    if (next) next();
    else this.working -= 1;
  }
}
