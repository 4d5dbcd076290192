import { bodyOf, collect } from '@scorekeep/platform/testing-platform';
import { readWriteTimes } from './write-time-lines';

const read = (...chunks: string[]): Promise<bigint[]> => collect(readWriteTimes(bodyOf(...chunks), 'memory://times'));

describe('readWriteTimes', () => {
  it('reads lines wherever they are cut', async () => {
    await expect(read('1', '2\n-', '3\n9223372036854775807\n')).resolves.toEqual([
      12n,
      -3n,
      9_223_372_036_854_775_807n,
    ]);
    await expect(read()).resolves.toEqual([]);
  });

  it.each([
    ['a last line without its end', ['1\n2'], 'line 2 does not end'],
    ['an empty line', ['1\n\n'], 'line 2 is no write time'],
    ['other text', ['1\n0x5\n'], 'line 2 is no write time'],
    ['a line without end', ['1\n', ...Array.from({ length: 10 }, () => '0123456789')], 'line 2 is no write time'],
  ])('refuses %s', async (_what, chunks, problem) => {
    await expect(read(...chunks)).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: `memory://times is not what was archived: ${problem}`,
    });
  });
});
