/**
 * The items of a generator in order, up to `limit` of them asked for before they are needed: the server works while the
 * consumer does. Whoever stops reading stops the generator, once it has delivered what was asked for.
 *
 * @param source a generator, because only generators queue what is asked of them
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, limit: number): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  const ask = (): void => {
    const next = source.next();
    // A failure is thrown where it is awaited, below; abandoned before that, it concerns nobody any more.
    next.catch(() => undefined);
    asked.push(next);
  };
  try {
    for (let count = 0; count < limit; count += 1) ask();
    for (let next = await asked.shift(); next && !next.done; next = await asked.shift()) {
      ask();
      yield next.value;
    }
  } finally {
    await source.return(undefined);
  }
}
