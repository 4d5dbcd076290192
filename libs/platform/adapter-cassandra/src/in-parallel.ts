/**
 * Runs `work` on every item, at most `limit` at a time, and ends when all are done. Items are drawn one by one, so an
 * endless or paged source is never read ahead of the work.
 *
 * @param limit 1 or more
 * @throws what the first failing work threw, after the ones in flight have ended; no further item is drawn then
 */
export async function inParallel<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const running: Promise<void> = work(item)
      .catch((failure: unknown) => void failures.push(failure))
      .finally(() => inFlight.delete(running));
    inFlight.add(running);
    if (inFlight.size >= limit) await Promise.race(inFlight);
    if (failures.length > 0) break;
  }
  await Promise.all(inFlight);
  if (failures.length > 0) throw failures[0];
}
