import { setTimeout as sleep } from 'node:timers/promises';

/** Lets rows pass at a steady rate: a row that comes too early waits, and pauses are not made up for. */
export class RowRate {
  private freeFromMs = 0;

  /**
   * @param rowsPerSecond 0: no limit
   * @param nowMs the clock
   * @param wait resolves after so many ms
   */
  constructor(
    private readonly rowsPerSecond: number,
    private readonly nowMs: () => number,
    private readonly wait: (ms: number) => Promise<unknown> = sleep,
  ) {}

  /** Resolves when so many rows may pass. */
  async pass(rows: number): Promise<void> {
    if (this.rowsPerSecond === 0) return;
    const fromMs = Math.max(this.freeFromMs, this.nowMs());
    this.freeFromMs = fromMs + (rows * 1000) / this.rowsPerSecond;
    const waitMs = fromMs - this.nowMs();
    if (waitMs > 0) await this.wait(waitMs);
  }
}
