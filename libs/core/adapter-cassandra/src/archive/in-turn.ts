import { readAhead } from './read-ahead';

export interface InTurnOptions {
  /** How many sources are read at once, 1 or more. */
  readonly atOnce: number;
  /** How many items of each are held before they are needed. */
  readonly ahead: number;
}

/**
 * The items of several sources one source after the other, while the next ones are read already. Whoever stops reading
 * stops all that were begun.
 *
 * @throws what a source throws, when its turn has come
 */
export async function* inTurn<T>(
  sources: readonly (() => AsyncGenerator<T>)[],
  { atOnce, ahead }: InTurnOptions,
): AsyncGenerator<T> {
  const begun: Begun<T>[] = [];
  let next = 0;
  const begin = (): void => {
    const source = sources[next++];
    if (source) begun.push(new Begun(readAhead(source(), ahead)));
  };
  try {
    for (let count = 0; count < atOnce; count += 1) begin();
    for (let turn = begun[0]; turn; turn = begun[0]) {
      yield* turn.items();
      begun.shift();
      begin();
    }
  } finally {
    await Promise.all(begun.map((each) => each.stop()));
  }
}

/** A generator does nothing before its first item is asked for, so that is done at once. */
class Begun<T> {
  private readonly first: Promise<IteratorResult<T, unknown>>;

  constructor(private readonly source: AsyncGenerator<T>) {
    this.first = source.next();
    // A failure is thrown when its turn has come; abandoned before that, it concerns nobody any more.
    this.first.catch(() => undefined);
  }

  async *items(): AsyncGenerator<T> {
    const first = await this.first;
    if (first.done === true) return;
    yield first.value;
    yield* this.source;
  }

  async stop(): Promise<void> {
    await this.source.return(undefined);
  }
}
