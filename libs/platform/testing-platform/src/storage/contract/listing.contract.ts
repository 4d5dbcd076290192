import { bodyOf, collect } from '../test-bytes';
import { type ContractSubject } from './contract-subject';

const SLOW_MS = 300_000;

export function describeListing({ storage, freshKey, manyObjects }: ContractSubject): void {
  const keysUnder = async (prefix: string) => (await collect(storage().list(prefix))).map(({ key }) => key);

  describe('list', () => {
    it('gives key and length', async () => {
      const key = freshKey();
      await storage().put(key, bodyOf('four', 'teen', ' bytes'));
      await expect(collect(storage().list(key))).resolves.toEqual([{ key, bytes: 14 }]);
    });

    it('goes by the bytes of the whole key, not folder by folder', async () => {
      const folder = freshKey('');
      const sorted = [
        ...[
          '%2Fa',
          'A/z',
          'a b',
          'a%20b',
          'a+b',
          'a-b/c',
          'a.csv',
          'a/b-c/d',
          'a/b.d',
          'a/b/c',
          'a/c/d',
          'a0',
          'a_b',
          'b',
        ],
        ...['z/z/z/z', 'é', 'अ'],
      ];
      for (const name of [...sorted].reverse()) await storage().put(`${folder}${name}`, bodyOf(name));
      await expect(keysUnder(folder)).resolves.toEqual(sorted.map((name) => `${folder}${name}`));
    });

    it('takes any start of a key as prefix, not only folders', async () => {
      const folder = freshKey('');
      const names = ['2021-4-1.csv.gz', '2021-44-1.csv.gz', '2021-44-2.csv.gz', '2021-5-1.csv.gz', '2021-44/x'].sort();
      for (const name of names) await storage().put(`${folder}${name}`, bodyOf('.'));
      const startingWith = (start: string) =>
        names.filter((name) => name.startsWith(start)).map((name) => `${folder}${name}`);

      for (const start of ['2021-4', '2021-44', '2021-44-', '2021-44/', '2021-44/x', '2021-5-1.csv.gz', '2021-9', '']) {
        await expect(keysUnder(`${folder}${start}`)).resolves.toEqual(startingWith(start));
      }
      await expect(keysUnder(folder.slice(0, -1))).resolves.toEqual(startingWith(''));
    });

    it.each(['nowhere/', 'nowhere/at/all', '../', '..', '/', '//', './', 'contract-1/../contract-1'])(
      'finds nothing under %j',
      async (prefix) => {
        await expect(keysUnder(prefix)).resolves.toEqual([]);
      },
    );

    it('does not show what was removed', async () => {
      const folder = freshKey('');
      await storage().put(`${folder}deep/down/a`, bodyOf('.'));
      await storage().put(`${folder}deep/down/b`, bodyOf('.'));
      await storage().remove(`${folder}deep/down/a`);
      await expect(keysUnder(folder)).resolves.toEqual([`${folder}deep/down/b`]);
      await storage().remove(`${folder}deep/down/b`);
      await expect(keysUnder(folder)).resolves.toEqual([]);
    });

    it(
      'goes on over all pages, and can be abandoned',
      async () => {
        const folder = freshKey('');
        const keys = Array.from({ length: manyObjects }, (_, index) => `${folder}${String(index).padStart(6, '0')}`);
        for (let start = 0; start < keys.length; start += 16) {
          await Promise.all(keys.slice(start, start + 16).map((key) => storage().put(key, bodyOf('.'))));
        }
        await expect(keysUnder(folder)).resolves.toEqual(keys);
        for await (const { key } of storage().list(folder)) {
          expect(key).toBe(keys[0]);
          break;
        }
      },
      SLOW_MS,
    );
  });
}
