import * as fc from 'fast-check';
import { archiveFormats, type BatchWeek } from './manifest';
import { isStorageKey } from '@scorekeep/platform/domain-storage';
import {
  batchFolder,
  batchPrefix,
  encodeId,
  folderOf,
  manifestKey,
  partKey,
  segmentKey,
  writeTimesKey,
} from './object-keys';

const first = { epochMs: 1612345678901, part: 1, format: 'csv.gz' } as const;
const batchWeek: BatchWeek = { batchId: 'batch-1', collectionId: 'do_31', week: { isoYear: 2021, isoWeek: 5 } };

describe('keys', () => {
  it('are the ones that the reference writes', () => {
    expect(segmentKey('archival', batchWeek, 1612345678901)).toBe('archival/batch-1_do_31/2021-5-1612345678901.csv.gz');
    expect(partKey('archival', batchWeek, { ...first, part: 1 })).toBe(
      segmentKey('archival', batchWeek, 1612345678901),
    );
    expect(partKey('archival', batchWeek, { ...first, part: 2 })).toBe(
      'archival/batch-1_do_31/2021-5-1612345678901-part2.csv.gz',
    );
    expect(writeTimesKey('archival/a_b/2021-5-16-part2.csv.gz')).toBe('archival/a_b/2021-5-16-part2.writetimes.gz');
    expect(partKey('archival', batchWeek, { ...first, part: 2, format: 'parquet' })).toBe(
      'archival/batch-1_do_31/2021-5-1612345678901-part2.parquet',
    );
    expect(writeTimesKey('archival/a_b/2021-5-16.parquet')).toBe('archival/a_b/2021-5-16.writetimes.gz');
    expect(manifestKey('archival', batchWeek, 3)).toBe('archival/batch-1_do_31/2021-5-3.manifest.json');
    expect(batchFolder('archival', 'batch-1', 'do_31')).toBe('archival/batch-1_do_31');
    expect(batchPrefix('archival', 'batch-1')).toBe('archival/batch-1_');
  });

  it('may have no prefix, or one of several folders', () => {
    expect(batchFolder('', 'a', 'b')).toBe('a_b');
    expect(batchFolder('x/y', 'a', 'b')).toBe('x/y/a_b');
  });

  it('share a folder where two pairs of ids give one text', () => {
    expect(batchFolder('archival', 'a', 'b_c')).toBe(batchFolder('archival', 'a_b', 'c'));
  });

  it('know their folder', () => {
    expect(folderOf('a/b/c')).toBe('a/b');
    expect(folderOf('c')).toBe('');
  });
});

describe('encodeId', () => {
  it.each([
    ['do_31-4.5AZaz', 'do_31-4.5AZaz'],
    ['', ''],
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['100%', '100%25'],
    ['a b+c', 'a%20b%2Bc'],
    ['\u0000\n', '%00%0A'],
    ['é', '%C3%A9'],
    ['ह', '%E0%A4%B9'],
    ['😀', '%F0%9F%98%80'],
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['.a', '.a'],
    ['\ud800', '%ED%A0%80'],
    ['\udc00\ud800', '%ED%B0%80%ED%A0%80'],
    ['\ufffd', '%EF%BF%BD'],
  ])('%j becomes %s', (id, encoded) => {
    expect(encodeId(id)).toBe(encoded);
  });

  const anyText = fc.string({ unit: 'binary' });
  const unpaired = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units));

  it('is what encodeURIComponent makes of texts that it can encode', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        const others = /[!'()*~]/g;
        const expected = encodeURIComponent(id).replace(
          others,
          (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
        );
        fc.pre(!/^\.+$/.test(id));
        expect(encodeId(id)).toBe(expected);
      }),
    );
  });

  it('never encodes two ids alike, halves of surrogate pairs included', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, unpaired), fc.oneof(anyText, unpaired), (left, right) => {
        fc.pre(left !== right);
        expect(encodeId(left)).not.toBe(encodeId(right));
        expect(encodeId(left)).toMatch(/^[A-Za-z0-9_.%-]*$/);
      }),
    );
  });
});

describe('keys of different things', () => {
  const ids = fc.oneof(
    fc.constantFrom('a', 'b', 'a_b', 'b_c', 'c', '', '.', '..', '_', 'a/b', '1', '2021-5', 'é', '😀'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const things = fc.record({
    batchId: ids,
    collectionId: ids,
    week: fc.record({ isoYear: fc.constantFrom(2020, 2021), isoWeek: fc.integer({ min: 1, max: 52 }) }),
    iteration: fc.integer({ min: 1, max: 30 }),
    epochMs: fc.integer({ min: 1, max: 30 }),
    part: fc.integer({ min: 1, max: 30 }),
    format: fc.constantFrom(...archiveFormats),
  });
  type Thing = typeof things extends fc.Arbitrary<infer T> ? T : never;
  const keysOf = (thing: Thing): string[] => {
    const rows = partKey('archival', thing, thing);
    return [rows, writeTimesKey(rows), manifestKey('archival', thing, thing.iteration)];
  };
  const nameOf = ({ batchId, collectionId, week }: Thing): string =>
    JSON.stringify([`${batchId}_${collectionId}`, week.isoYear, week.isoWeek]);

  it('are different, unless two pairs of ids share a folder', () => {
    fc.assert(
      fc.property(things, things, (left, right) => {
        const [leftRows, leftTimes, leftManifest] = keysOf(left);
        const [rightRows, rightTimes, rightManifest] = keysOf(right);
        const sameFolder = nameOf(left) === nameOf(right);
        const sameRows = sameFolder && left.epochMs === right.epochMs && left.part === right.part;
        expect(leftRows === rightRows).toBe(sameRows && left.format === right.format);
        expect(leftTimes === rightTimes).toBe(sameRows);
        expect(leftManifest === rightManifest).toBe(sameFolder && left.iteration === right.iteration);
        expect(new Set(keysOf(left)).size).toBe(3);
      }),
      { numRuns: 1000 },
    );
  });

  it('are keys that every store takes', () => {
    fc.assert(
      fc.property(things, (thing) => {
        expect(keysOf(thing).every(isStorageKey)).toBe(true);
      }),
    );
  });
});
