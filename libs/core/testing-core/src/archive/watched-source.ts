/** A stream that says how many items were taken of it, and how often it was closed; it may end with a failure. */
export class WatchedSource<T> {
  given = 0;
  closed = 0;

  constructor(
    private readonly items: Iterable<T>,
    private readonly failure?: Error,
  ) {}

  async *read(): AsyncGenerator<T> {
    try {
      for (const item of this.items) {
        this.given += 1;
        yield item;
      }
      if (this.failure) throw this.failure;
    } finally {
      this.closed += 1;
    }
  }
}
