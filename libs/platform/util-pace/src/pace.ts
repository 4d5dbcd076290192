import { setTimeout as sleep } from 'node:timers/promises';

/** Lets so many things happen a second, evenly: whoever is ahead of the pace waits. */
export class Pace {
  private nextMs = 0;

  /**
   * @param perSecond undefined or 0: as fast as it goes
   * @param nowMs a clock that never goes back
   */
  constructor(
    private readonly perSecond: number | undefined,
    private readonly nowMs: () => number,
    private readonly wait: (ms: number) => Promise<unknown> = sleep,
  ) {}

  /** Resolves when the next `count` may happen. */
  async take(count = 1): Promise<void> {
    if (this.perSecond === undefined || this.perSecond === 0) return;
    const now = this.nowMs();
    const at = Math.max(this.nextMs, now);
    this.nextMs = at + (count * 1000) / this.perSecond;
    if (at > now) await this.wait(at - now);
  }
}
