import { scoreOfRow, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aWrittenAttempt } from '@scorekeep/core/testing-core';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type KeyCopies } from '../rows/judge-key';
import { DeletableRows } from './deletable-rows';

describe('DeletableRows', () => {
  const rows = ['a', 'b', 'c'].map((user) => aWrittenAttempt(user));

  async function* keysOf(live: readonly WrittenAttempt[]): AsyncGenerator<KeyCopies> {
    for (const row of live) yield { live: row, copies: [{ row, manifest: {} as never }] };
    const later = aWrittenAttempt('rewritten', { writeTimeUs: aWrittenAttempt('rewritten').writeTimeUs + 1n });
    yield { live: later, copies: [{ row: aWrittenAttempt('rewritten'), manifest: {} as never }] };
    yield { copies: [{ row: aWrittenAttempt('gone'), manifest: {} as never }] };
  }

  async function users(kept: DeletableRows, again: () => AsyncIterable<KeyCopies>): Promise<string[]> {
    const found: string[] = [];
    for await (const { userId } of kept.all(again)) found.push(userId);
    return found;
  }

  it('are those that were added, while they are few', async () => {
    const kept = new DeletableRows(3);
    rows.forEach((row) => kept.add(row));
    const again = () => {
      throw new Error('must not be read again');
    };
    expect(await users(kept, again)).toEqual(['a', 'b', 'c']);
  });

  it('are read again when there are more, without what changed or went meanwhile', async () => {
    const kept = new DeletableRows(2);
    rows.forEach((row) => kept.add(row));
    expect(await users(kept, () => keysOf(rows.slice(1)))).toEqual(['b', 'c']);
  });

  it('say what each is to be kept as, but of a row that two versions lie in', () => {
    const kept = new DeletableRows();
    kept.add(aWrittenAttempt('a'));
    kept.add({ ...aWrittenAttempt('b'), mixed: true });
    const entries = [...(kept.all(() => keysOf([])) as Iterable<{ entry: unknown }>)].map(({ entry }) => entry);
    expect(entries).toEqual([scoreOfRow(aWrittenAttempt('a'), shortDigest), undefined]);
  });
});
