/** One of `npm run bench`. */
export interface Benchmark {
  readonly name: string;
  /** One line of the list. */
  readonly summary: string;
  readonly usage: string;
  /** @returns the exit code: 2 when the arguments are not understood */
  run(args: readonly string[]): Promise<number>;
}
