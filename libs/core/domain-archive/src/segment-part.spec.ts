import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aRow, hashToken } from '@scorekeep/core/testing-core';
import { collect, readAll } from '@scorekeep/platform/testing-platform';
import { isoWeekOf } from './iso-week';
import { rowKeyOrder } from './row-order';
import { SegmentPart } from './segment-part';
import { SegmentRows } from './segment-rows';

const updatedOnMs = 1_700_000_060_000;
const batchWeek = { batchId: 'batch-1', collectionId: 'do_course', week: isoWeekOf(updatedOnMs) };

const row = { ...aRow(), answers: [] };
const firstWriteTimeUs = 1_700_000_060_000_000n;

async function* rows(count: number): AsyncGenerator<WrittenAttempt> {
  for (let attempt = 0; attempt < count; attempt += 1) {
    yield { ...row, attemptId: String(attempt).padStart(6, '0'), writeTimeUs: firstWriteTimeUs + BigInt(attempt) };
  }
}

describe('SegmentPart', () => {
  it('ends after its highest number of rows, so that their write times fit in memory', async () => {
    const source = new SegmentRows(rows(7), batchWeek, rowKeyOrder(hashToken));
    const counts: number[] = [];
    for (let part = 0; part < 3; part += 1) {
      const segment = new SegmentPart(source, { maxBytes: Infinity, maxRows: 3 });
      await readAll(segment.content());
      counts.push(segment.rows);
    }
    expect(counts).toEqual([3, 3, 1]);
    await expect(source.take()).resolves.toBeUndefined();
  });

  it('keeps the write times of many rows in order', async () => {
    const count = 17_000;
    const segment = new SegmentPart(new SegmentRows(rows(count), batchWeek, rowKeyOrder(hashToken)), {
      maxBytes: Infinity,
    });
    await readAll(segment.content());
    const chunks = await collect(segment.writeTimeLines());
    expect(chunks.length).toBeGreaterThan(1);
    const lines = Buffer.concat(chunks).toString().split('\n');
    const expected = Array.from({ length: count }, (_, attempt) => String(firstWriteTimeUs + BigInt(attempt)));
    expect(lines).toEqual([...expected, '']);
  });
});
