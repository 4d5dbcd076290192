export interface ChunkLimits<T> {
  readonly items: number;
  /** Of all items of a chunk together, in the unit of `weightOf`. */
  readonly weight: number;
  readonly weightOf: (item: T) => number;
}

/** Items in chunks of a bounded size, in order: a chunk ends with the item that reaches a limit. */
export async function* inChunks<T>(items: AsyncIterable<T>, limits: ChunkLimits<T>): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  let weight = 0;
  for await (const item of items) {
    chunk.push(item);
    weight += limits.weightOf(item);
    if (chunk.length < limits.items && weight < limits.weight) continue;
    yield chunk;
    chunk = [];
    weight = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** Results in order; the work on an item begins while the consumer is busy with the one before. */
export async function* oneAhead<T, R>(items: AsyncIterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  let pending: Promise<R> | undefined;
  for await (const item of items) {
    const next = work(item);
    // Whoever awaits it sees the failure; until then it must not count as unhandled.
    next.catch(() => undefined);
    if (pending) yield await pending;
    pending = next;
  }
  if (pending) yield await pending;
}
