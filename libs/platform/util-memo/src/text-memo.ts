/** How much a memo holds at most. */
export interface MemoLimits {
  /** UTF-16 units of all its texts together. */
  readonly total: number;
  /** UTF-16 units; a longer text is worked on each time. */
  readonly longest: number;
}

/**
 * Results of a pure function of texts that come again and again, like the options of a question in the answers of all
 * its learners. The same text gives the same object, so results are not to be changed. A full memo begins anew: that
 * costs one pass over what comes again, and nothing while it is not full.
 */
export class TextMemo<Result> {
  private readonly results = new Map<string, Result>();
  private held = 0;

  constructor(
    private readonly work: (text: string) => Result,
    private readonly limits: MemoLimits,
  ) {}

  of(text: string): Result {
    const known = this.results.get(text);
    if (known !== undefined) return known;
    const result = this.work(text);
    if (text.length > this.limits.longest) return result;
    this.held += text.length;
    if (this.held > this.limits.total) {
      this.results.clear();
      this.held = text.length;
    }
    this.results.set(copyOf(text), result);
    return result;
  }
}

/** A part that was cut out of a longer text keeps all of it in memory. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
