import { rowKeyOrder } from '@scorekeep/core/domain-archive';
import { bodyOf, inChunks, readAll } from '@scorekeep/platform/testing-platform';
import { describeArchivalLedger } from './describe-archival-ledger';
import { describeBatchAttempts } from './describe-batch-attempts';
import { hashToken } from './hash-token';
import { InMemoryArchivalLedger } from './in-memory-archival-ledger';
import { InMemoryBatchAttempts } from './in-memory-batch-attempts';
import { InMemoryByteStreams } from './in-memory-byte-streams';

describeArchivalLedger('InMemoryArchivalLedger', async () => ({ ledger: new InMemoryArchivalLedger() }));

describeBatchAttempts('InMemoryBatchAttempts', async () => {
  const order = rowKeyOrder(hashToken);
  const attempts = new InMemoryBatchAttempts(order);
  return {
    attempts,
    order,
    insert: async (rows) => rows.forEach((row) => attempts.insert(row)),
  };
});

describe('InMemoryByteStreams', () => {
  const streams = new InMemoryByteStreams();

  it('gives back what it packed', async () => {
    const packed = await readAll(streams.gzip(bodyOf('one ', 'two')));
    await expect(readAll(streams.gunzip(inChunks(packed, 3)))).resolves.toEqual(new TextEncoder().encode('one two'));
  });

  it.each([0, 5, -1])('does not unpack what is cut off at %i', async (end) => {
    const packed = await readAll(streams.gzip(bodyOf('one two')));
    await expect(readAll(streams.gunzip(bodyOf(packed.subarray(0, packed.length && end))))).rejects.toMatchObject({
      code: 'STORAGE.CORRUPTED',
    });
  });

  it('hashes', () => {
    const hash = streams.sha256();
    hash.update(new TextEncoder().encode('abc'));
    expect(hash.hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('hashToken', () => {
  it('is a signed 64-bit number that tells learners and courses apart', () => {
    const tokens = [hashToken('a', 'b'), hashToken('b', 'a'), hashToken('ab', ''), hashToken('', 'ab')];
    expect(new Set(tokens).size).toBe(4);
    expect(tokens.every((token) => token >= -(2n ** 63n) && token < 2n ** 63n)).toBe(true);
  });
});
