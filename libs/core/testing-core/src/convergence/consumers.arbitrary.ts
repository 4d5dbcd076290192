import fc from 'fast-check';
import { type Kill } from './interleaved-process';

const MINUTE_MS = 60_000;
const CONSUMERS = 3;

/** A consumer's life: what it is given, micro-batch by micro-batch, and where its processes die. */
export interface ConsumerPlan {
  /** Indexes of submissions. */
  readonly microBatches: readonly (readonly number[])[];
  /** One for each process that dies, in their order. */
  readonly kills: readonly Kill[];
  readonly clockAheadMs: number;
}

export const someKill: fc.Arbitrary<Kill> = fc.record({
  request: fc.integer({ min: 1, max: 12 }),
  when: fc.constantFrom('before' as const, 'after' as const, 'later' as const),
});

/**
 * Three consumers whose clocks are minutes apart. Every submission goes to at least one of them (to several, as with a
 * zombie beside its successor), to each in an order of its own, cut into micro-batches.
 *
 * @param submissions how many there are
 */
export function someConsumers(submissions: number): fc.Arbitrary<readonly ConsumerPlan[]> {
  const consumers = Array.from({ length: CONSUMERS }, (_, index) => index);
  const owners = fc.array(fc.subarray(consumers, { minLength: 1 }), exactly(submissions));
  const lives = fc.array(
    fc.record({
      order: fc.shuffledSubarray([...Array(submissions).keys()], exactly(submissions)),
      size: fc.integer({ min: 1, max: 4 }),
      kills: fc.array(someKill, { maxLength: 2 }),
      clockAheadMs: fc.integer({ min: -5, max: 5 }).map((minutes) => minutes * MINUTE_MS),
    }),
    exactly(CONSUMERS),
  );
  return fc.tuple(owners, lives).map(([ownersOf, plans]) =>
    plans.map(({ order, size, ...life }, consumer) => {
      const mine = order.filter((index) => ownersOf[index]?.includes(consumer));
      return { ...life, microBatches: inChunks(mine, size) };
    }),
  );
}

const exactly = (length: number) => ({ minLength: length, maxLength: length });

function inChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
