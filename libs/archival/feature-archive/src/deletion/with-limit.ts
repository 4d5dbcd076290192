/**
 * Works on items as they come, at most `limit` of them at a time.
 *
 * @throws what the first failing work threw, after the others in flight have ended; no further item is taken then
 */
export async function withLimit<T>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let failure: { readonly thrown: unknown } | undefined;
  try {
    for await (const item of items) {
      const running: Promise<void> = work(item)
        .catch((thrown: unknown) => void (failure ??= { thrown }))
        .finally(() => inFlight.delete(running));
      inFlight.add(running);
      if (inFlight.size >= limit) await Promise.race(inFlight);
      if (failure) break;
    }
  } finally {
    await Promise.all(inFlight);
  }
  if (failure) throw failure.thrown;
}
