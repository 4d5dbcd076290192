/** Runs a look-up for whoever asks: one at a time, shared by all who ask meanwhile, and none soon after the last. */
export class PacedRefresh {
  private running: Promise<void> | undefined;
  private nextAtMs = -Infinity;

  /** @param minIntervalMs between the end of one look-up and the start of the next, successful or not */
  constructor(
    private readonly look: () => Promise<void>,
    private readonly minIntervalMs: number,
    private readonly nowMs: () => number,
  ) {}

  /** Resolves at once, without a look, when the last one has just ended. @throws what the look-up throws */
  run(): Promise<void> {
    if (this.running) return this.running;
    if (this.nowMs() < this.nextAtMs) return Promise.resolve();
    this.running = this.look().finally(() => {
      this.running = undefined;
      this.nextAtMs = this.nowMs() + this.minIntervalMs;
    });
    return this.running;
  }
}
