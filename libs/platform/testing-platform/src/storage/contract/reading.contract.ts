import { bodyOf, firstChunk, inChunks, someBytes } from '../test-bytes';
import { contentOf, sameBytes } from './content-of';
import { type ContractSubject } from './contract-subject';

const SLOW_MS = 120_000;

/** More than any client's pool of connections or a careful process's allowance of open files. */
const MANY_READERS = 100;

/** A year of weeks in several parts: all have to be open at the same time. */
const MERGED_OBJECTS = 80;

export function describeReading({ storage, freshKey, largeBytes }: ContractSubject): void {
  describe('open, stat, remove', () => {
    it('say of an object that is not there that it is not there', async () => {
      const key = freshKey();
      await expect(storage().open(key)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND', retryable: false });
      await expect(storage().stat(key)).resolves.toBeUndefined();
    });

    it('do not take a folder for an object', async () => {
      const key = freshKey('folder/object');
      const folder = key.slice(0, key.lastIndexOf('/'));
      await storage().put(key, bodyOf('content'));
      await expect(storage().open(folder)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
      await expect(storage().stat(folder)).resolves.toBeUndefined();
    });

    it('remove twice, and what never was, without an error', async () => {
      const key = freshKey();
      await storage().put(key, bodyOf('content'));
      await storage().remove(key);
      await expect(storage().stat(key)).resolves.toBeUndefined();
      await expect(storage().remove(key)).resolves.toBeUndefined();
      await expect(storage().remove(freshKey())).resolves.toBeUndefined();
    });

    it('name an object for people', async () => {
      const key = freshKey();
      expect(storage().urlOf(key).endsWith(key)).toBe(true);
    });

    it(
      'stream: the first chunk comes without the rest',
      async () => {
        const key = freshKey();
        await storage().put(key, inChunks(someBytes(largeBytes), 1_000_000));
        const chunk = await firstChunk(await storage().open(key));
        expect(chunk?.length).toBeLessThan(largeBytes / 2);
      },
      SLOW_MS,
    );

    it(
      'can be abandoned half way, or before the first chunk, as often as one likes',
      async () => {
        const key = freshKey();
        const bytes = someBytes(2 * 1024 * 1024);
        await storage().put(key, inChunks(bytes, 1_000_000));
        for (let reader = 0; reader < MANY_READERS; reader += 1) {
          const body = await storage().open(key);
          if (reader % 2 === 0) expect((await firstChunk(body))?.length).toBeGreaterThan(0);
        }
        expect(sameBytes(await contentOf(storage(), key), bytes)).toBe(true);
      },
      SLOW_MS,
    );

    it(
      'serve many objects at once to one who merges them',
      async () => {
        const folder = freshKey('');
        const bytes = someBytes(300_000);
        const keys = Array.from({ length: MERGED_OBJECTS }, (_, index) => `${folder}${index}`);
        await Promise.all(keys.map((key) => storage().put(key, inChunks(bytes, 100_000))));

        const bodies = await Promise.all(keys.map((key) => storage().open(key)));
        const readers = bodies.map((body) => body[Symbol.asyncIterator]());
        const firstChunks = await Promise.all(readers.map((reader) => reader.next()));
        const lengths = firstChunks.map(({ value }) => (value as Uint8Array).length);
        for (const [index, reader] of readers.entries()) {
          for (let next = await reader.next(); !next.done; next = await reader.next()) {
            lengths[index] = (lengths[index] ?? 0) + next.value.length;
          }
        }
        expect(lengths).toEqual(keys.map(() => bytes.length));
      },
      SLOW_MS,
    );

    it(
      'serve several readers of one object at once',
      async () => {
        const key = freshKey();
        const bytes = someBytes(1_000_000);
        await storage().put(key, inChunks(bytes, 300_000));
        const contents = await Promise.all(Array.from({ length: 8 }, () => contentOf(storage(), key)));
        expect(contents.every((content) => sameBytes(content, bytes))).toBe(true);
      },
      SLOW_MS,
    );
  });
}
