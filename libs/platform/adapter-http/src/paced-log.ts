/** Lets one line of a kind through per interval, so that an outage under load does not drown the log in its own words. */
export class PacedLog {
  private readonly kinds = new Map<string, { untilMs: number; suppressed: number }>();

  constructor(
    private readonly intervalMs: number,
    private readonly nowMs: () => number,
  ) {}

  /**
   * @param kind one of few
   * @returns how many lines of this kind were held back since the last one; undefined when this one is to be held back
   */
  take(kind: string): number | undefined {
    const nowMs = this.nowMs();
    const known = this.kinds.get(kind);
    if (known && nowMs < known.untilMs) {
      known.suppressed += 1;
      return undefined;
    }
    this.kinds.set(kind, { untilMs: nowMs + this.intervalMs, suppressed: 0 });
    return known?.suppressed ?? 0;
  }
}
