/** A sentence for the log that is said the first time it matters, and never again. */
export class SayOnce {
  private isSaid = false;

  constructor(
    private readonly sentence: string,
    private readonly warn: (message: string) => void,
  ) {}

  say(): void {
    if (!this.isSaid) this.warn(this.sentence);
    this.isSaid = true;
  }
}
