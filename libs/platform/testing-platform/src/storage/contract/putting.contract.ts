import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import * as fc from 'fast-check';
import { bodyOf, collect, inChunks, readAll, someBytes } from '../test-bytes';
import { contentOf, sameBytes } from './content-of';
import { type ContractSubject } from './contract-subject';

const SLOW_MS = 120_000;

export function describePutting(subject: ContractSubject): void {
  describe('put', () => {
    describeRoundTrips(subject);
    describeCreating(subject);
    describeRacing(subject);
    describeBrokenBodies(subject);
  });
}

function describeRoundTrips({ storage, freshKey, largeBytes }: ContractSubject): void {
  it.each([
    { what: 'an empty body', chunks: [] },
    { what: 'a body of empty chunks', chunks: ['', ''] },
    { what: 'a body of one byte', chunks: ['x'] },
    { what: 'empty chunks between others', chunks: ['one', '', 'two', ''] },
  ])('keeps $what', async ({ chunks }) => {
    const key = freshKey();
    const bytes = chunks.join('').length;
    await expect(storage().put(key, bodyOf(...chunks))).resolves.toEqual({ key, bytes });
    await expect(storage().stat(key)).resolves.toEqual({ key, bytes });
    expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe(chunks.join(''));
  });

  it(
    'keeps bodies of any bytes in chunks of any size',
    async () => {
      const chunks = fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(chunks, async (body) => {
          const key = freshKey();
          await storage().put(key, bodyOf(...body));
          return sameBytes(await contentOf(storage(), key), Buffer.concat(body));
        }),
        { numRuns: 15 },
      );
    },
    SLOW_MS,
  );

  it.each([{ chunkBytes: 64 * 1024 }, { chunkBytes: 1_000_003 }, { chunkBytes: Number.MAX_SAFE_INTEGER }])(
    'keeps a large body in chunks of $chunkBytes bytes',
    async ({ chunkBytes }) => {
      const key = freshKey();
      const bytes = someBytes(largeBytes, chunkBytes);
      await expect(storage().put(key, inChunks(bytes, chunkBytes))).resolves.toEqual({ key, bytes: largeBytes });
      expect(sameBytes(await contentOf(storage(), key), bytes)).toBe(true);
    },
    SLOW_MS,
  );

  it('has read a chunk before it asks for the next, so that a body may use one buffer for all', async () => {
    const key = freshKey();
    const buffer = new Uint8Array(1);
    async function* reusing(): AsyncGenerator<Uint8Array> {
      for (const byte of [1, 2, 3]) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    await storage().put(key, reusing());
    expect([...(await contentOf(storage(), key))]).toEqual([1, 2, 3]);
  });
}

function describeCreating({ storage, freshKey, largeBytes }: ContractSubject): void {
  it.each([
    { what: 'small', length: 3 },
    { what: 'large', length: largeBytes },
  ])(
    'refuses a $what body for a key that exists, and leaves the first as it was',
    async ({ length }) => {
      const key = freshKey();
      let closed = false;
      async function* second(): AsyncGenerator<Uint8Array> {
        try {
          yield* inChunks(someBytes(length), 1_000_000);
        } finally {
          closed = true;
        }
      }
      await storage().put(key, bodyOf('first'));
      await expect(storage().put(key, second())).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
      expect(closed).toBe(true);
      expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe('first');
      await expect(storage().stat(key)).resolves.toEqual({ key, bytes: 5 });
    },
    SLOW_MS,
  );

  it.each([
    { what: 'small', length: 3 },
    { what: 'large', length: largeBytes },
  ])(
    'replaces by a $what body when asked to, whether there is an object or not',
    async ({ length }) => {
      const key = freshKey();
      const bytes = someBytes(length);
      await storage().put(key, bodyOf('first, and longer than three'), { replace: true });
      await storage().put(key, inChunks(bytes, 1_000_000), { replace: true });
      expect(sameBytes(await contentOf(storage(), key), bytes)).toBe(true);
      await expect(storage().stat(key)).resolves.toEqual({ key, bytes: length });
    },
    SLOW_MS,
  );

  it('creates again what was removed', async () => {
    const key = freshKey();
    await storage().put(key, bodyOf('first'));
    await storage().remove(key);
    await storage().put(key, bodyOf('second'));
    expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe('second');
  });
}

function describeRacing({ storage, freshKey, largeBytes, atomicCreate }: ContractSubject): void {
  it.each([
    { what: 'small', length: 5_000, rounds: 10 },
    { what: 'large', length: largeBytes, rounds: 1 },
  ])(
    `lets ${atomicCreate ? 'exactly' : 'at least'} one of two at once create an object ($what bodies)`,
    async ({ length, rounds }) => {
      for (let round = 0; round < rounds; round += 1) {
        const key = freshKey();
        const bodies = [someBytes(length, 1), someBytes(length + 1, 2)];
        const outcomes = await Promise.allSettled(bodies.map((body) => storage().put(key, inChunks(body, 1_000_000))));

        const winners = bodies.filter((_, index) => outcomes[index]?.status === 'fulfilled');
        const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
        if (atomicCreate) expect(winners).toHaveLength(1);
        expect(winners.length).toBeGreaterThan(0);
        for (const { reason } of refusals) expect(reason).toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
        const kept = await contentOf(storage(), key);
        expect(winners.some((winner) => sameBytes(winner, kept))).toBe(true);
      }
    },
    SLOW_MS,
  );

  it('keeps one of two replacements at once in full', async () => {
    const key = freshKey();
    const bodies = [someBytes(5_000, 1), someBytes(6_000, 2)];
    await Promise.all(bodies.map((body) => storage().put(key, inChunks(body, 1_000), { replace: true })));
    const kept = await contentOf(storage(), key);
    expect(bodies.some((body) => sameBytes(body, kept))).toBe(true);
  });
}

function describeBrokenBodies({ storage, freshKey, largeBytes, keepsFormerOnAbort }: ContractSubject): void {
  const lengths = [
    { what: 'at once', length: 0 },
    { what: 'midway in a small body', length: 1_000 },
    { what: 'midway in a large body', length: largeBytes },
  ];

  it.each(lengths)(
    'leaves nothing visible when the body throws $what, and passes its error on',
    async ({ length }) => {
      const key = freshKey();
      const failure = new Error('the source broke');
      await expect(storage().put(key, breaking(length, failure))).rejects.toBe(failure);
      await expectNothingAt(storage(), key);
      await storage().put(key, bodyOf('second try'));
      expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe('second try');
    },
    SLOW_MS,
  );

  it.each(lengths.filter(({ length }) => keepsFormerOnAbort || length < largeBytes))(
    'leaves the former object when the body of a replacement throws $what',
    async ({ length }) => {
      const key = freshKey();
      const failure = new Error('the source broke');
      await storage().put(key, bodyOf('former'));
      await expect(storage().put(key, breaking(length, failure), { replace: true })).rejects.toBe(failure);
      expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe('former');
    },
    SLOW_MS,
  );

  it(
    'shows nothing of an object whose body is still coming',
    async () => {
      const key = freshKey();
      async function* looking(): AsyncGenerator<Uint8Array> {
        yield* inChunks(someBytes(largeBytes), 1_000_000);
        await expectNothingAt(storage(), key);
        yield* bodyOf('end');
      }
      await expect(storage().put(key, looking())).resolves.toEqual({ key, bytes: largeBytes + 3 });
    },
    SLOW_MS,
  );
}

async function* breaking(length: number, failure: Error): AsyncGenerator<Uint8Array> {
  yield* inChunks(someBytes(length), 1_000_000);
  throw failure;
}

async function expectNothingAt(storage: ArchiveStorage, key: string): Promise<void> {
  await expect(storage.stat(key)).resolves.toBeUndefined();
  await expect(storage.open(key).then(readAll)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
  await expect(collect(storage.list(key.slice(0, key.indexOf('/') + 1)))).resolves.toEqual([]);
}
