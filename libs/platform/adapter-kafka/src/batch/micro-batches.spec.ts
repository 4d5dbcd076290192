import * as fc from 'fast-check';
import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';
import { microBatches } from './micro-batches';

function record(offset: number, bytes: number): ConsumedRecord {
  return {
    topic: 'in',
    partition: 0,
    offset: String(offset),
    timestampMs: 0,
    key: null,
    value: new Uint8Array(bytes),
    headers: {},
    mayHaveBegun: true,
  };
}

describe('microBatches', () => {
  it.each([
    { sizes: [], limits: { maxRecords: 2, maxBytes: 10 }, parts: [] },
    { sizes: [1, 1, 1], limits: { maxRecords: 2, maxBytes: 10 }, parts: [['0', '1'], ['2']] },
    { sizes: [6, 4, 1], limits: { maxRecords: 9, maxBytes: 10 }, parts: [['0', '1'], ['2']] },
    { sizes: [1, 50, 1], limits: { maxRecords: 9, maxBytes: 10 }, parts: [['0'], ['1'], ['2']] },
    { sizes: [0, 0], limits: { maxRecords: 9, maxBytes: 0 }, parts: [['0', '1']] },
  ])('splits records of $sizes bytes within $limits', ({ sizes, limits, parts }) => {
    const records = sizes.map((bytes, offset) => record(offset, bytes));
    expect([...microBatches(records, limits)].map((part) => part.map(({ offset }) => offset))).toEqual(parts);
  });

  it('counts keys and headers', () => {
    const full: ConsumedRecord = { ...record(0, 1), key: new Uint8Array(3), headers: { name: new Uint8Array(2) } };
    expect([...microBatches([full, full], { maxRecords: 9, maxBytes: 20 })]).toHaveLength(1);
    expect([...microBatches([full, full], { maxRecords: 9, maxBytes: 19 })]).toHaveLength(2);
  });

  it('keeps every record in its order and exceeds the limits only with a single record', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 })),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 40 }),
        (sizes, maxRecords, maxBytes) => {
          const records = sizes.map((bytes, offset) => record(offset, bytes));
          const parts = [...microBatches(records, { maxRecords, maxBytes })];
          expect(parts.flat()).toEqual(records);
          for (const part of parts) {
            const bytes = part.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
            expect(part.length).toBeLessThanOrEqual(maxRecords);
            expect(part.length === 1 || (part.length > 1 && bytes <= maxBytes)).toBe(true);
          }
        },
      ),
    );
  });
});
