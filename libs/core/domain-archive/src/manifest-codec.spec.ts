import { thrownBy } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { type Manifest } from './manifest';
import { decodeManifest, encodeManifest } from './manifest-codec';

const hash = (digit: string): string => digit.repeat(64);
const key = 'archival/b_c/2021-5-1.manifest.json';
const manifest: Manifest = {
  formatVersion: 1,
  key,
  batchId: 'b',
  collectionId: 'c',
  week: { isoYear: 2021, isoWeek: 5 },
  iteration: 1,
  table: 'assessment_aggregator',
  layout: 'unified',
  format: 'csv.gz',
  columns: ['course_id', 'question'],
  rows: 5,
  objects: [
    {
      key: 'archival/b_c/2021-5-1612.csv.gz',
      rows: 3,
      bytes: 100,
      sha256: hash('a'),
      content: { bytes: 1000, sha256: hash('b') },
      writeTimes: { key: 'archival/b_c/2021-5-1612.writetimes.gz', bytes: 30, sha256: hash('c') },
    },
    {
      key: 'archival/b_c/2021-5-1612-part2.csv.gz',
      rows: 2,
      bytes: 90,
      sha256: hash('d'),
      content: { bytes: 900, sha256: hash('e') },
      writeTimes: { key: 'archival/b_c/2021-5-1612-part2.writetimes.gz', bytes: 25, sha256: hash('f') },
    },
  ],
  minUpdatedOnMs: 1612137600000,
  maxUpdatedOnMs: 1612137600001,
  maxWriteTimeUs: 9_223_372_036_854_775_807n,
  toolVersion: '0.1.0',
  createdOnMs: 1612900000000,
};

const bytesOf = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const asJson = (): Record<string, unknown> => JSON.parse(new TextDecoder().decode(encodeManifest(manifest))) as never;

/** The manifest as JSON with one field (`objects.0.rows`) replaced. */
function changed(path: string, value: unknown): Uint8Array {
  const json = asJson();
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<Record<string, unknown>>((node, name) => node[name] as never, json);
  parent[last] = value;
  return bytesOf(json);
}

describe('encodeManifest', () => {
  it('is JSON with whole-number write times as text, the same bytes for the same manifest', () => {
    expect(asJson()).toMatchObject({ formatVersion: 1, key, maxWriteTimeUs: '9223372036854775807' });
    expect(encodeManifest({ ...manifest })).toEqual(encodeManifest(manifest));
  });

  it('is read back equal', () => {
    expect(decodeManifest(key, encodeManifest(manifest))).toEqual(manifest);
  });

  it('is read back equal with any ids and write times', () => {
    const ids = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (batchId, collectionId, maxWriteTimeUs) => {
          const given = { ...manifest, batchId, collectionId, maxWriteTimeUs };
          expect(decodeManifest(key, encodeManifest(given))).toEqual(given);
        },
      ),
    );
  });
});

describe('decodeManifest', () => {
  it('is read back with its origin', () => {
    const adopted: Manifest = { ...manifest, origin: 'reference' };
    expect(decodeManifest(key, encodeManifest(adopted))).toEqual(adopted);
    expect(thrownBy(() => decodeManifest(key, changed('origin', 'elsewhere')))).toMatchObject({
      code: 'ARCHIVE.UNREADABLE_MANIFEST',
    });
  });

  it('is read back with what it replaces', () => {
    const replaces = [{ key: 'archival/b_c/2021-5-0.manifest.json', objects: ['archival/b_c/2021-5-1600.csv.gz'] }];
    expect(decodeManifest(key, encodeManifest({ ...manifest, replaces }))).toEqual({ ...manifest, replaces });
  });

  it.each([
    ['lies elsewhere', [{ key: 'archival/other/1.manifest.json', objects: [] }]],
    ['is the manifest itself', [{ key, objects: [] }]],
    [
      'is an object of its own',
      [{ key: 'archival/b_c/0.manifest.json', objects: ['archival/b_c/2021-5-1612.csv.gz'] }],
    ],
    ['has no objects', [{ key: 'archival/b_c/0.manifest.json' }]],
  ])('refuses a manifest that replaces what %s', (_, replaces) => {
    expect(thrownBy(() => decodeManifest(key, changed('replaces', replaces)))).toMatchObject({
      code: 'ARCHIVE.UNREADABLE_MANIFEST',
    });
  });

  it('ignores fields that it does not know', () => {
    expect(decodeManifest(key, bytesOf({ ...asJson(), later: true }))).toEqual(manifest);
  });

  it.each<[string, unknown, string]>([
    ['formatVersion', 2, 'formatVersion must be 1: written by a later version of Scorekeep?'],
    ['formatVersion', '1', 'formatVersion must be a whole number'],
    ['key', 'archival/b_c/2021-5-2.manifest.json', 'key must be the key that it was read from'],
    ['key', 7, 'key must be a text'],
    ['batchId', null, 'batchId must be a text'],
    ['collectionId', undefined, 'collectionId must be a text'],
    ['week', '2021-5', 'week must be an object'],
    ['week.isoYear', '2021', 'week.isoYear must be a whole number'],
    ['week.isoWeek', 53, 'week must be a week that its year has'],
    ['iteration', 0, 'iteration must be a whole number from 1'],
    ['iteration', 1.5, 'iteration must be a whole number from 1'],
    ['table', 1, 'table must be a text'],
    ['layout', 'both', 'layout must be unified or split'],
    ['format', 'csv', 'format must be csv.gz or parquet'],
    ['columns', 'course_id', 'columns must be an array'],
    ['columns.1', 7, 'columns[1] must be a text'],
    ['columns', [], 'columns must be different names'],
    ['columns', ['a', 'a'], 'columns must be different names'],
    ['rows', 6, 'rows must be those of all objects'],
    ['rows', -1, 'rows must be a whole number from 1'],
    ['objects', {}, 'objects must be an array'],
    ['objects', [], 'objects must name at least one'],
    ['objects.1', null, 'objects[1] must be an object'],
    ['objects.1.key', 'archival/b_c/2021-5-1612.csv.gz', 'objects must have different keys'],
    ['objects.0.key', 'archival/other_c/2021-5-1612.csv.gz', 'objects must lie in the folder of the manifest'],
    ['objects.0.key', 'archival/b_c/deeper/2021-5-1612.csv.gz', 'objects must lie in the folder of the manifest'],
    ['objects.0.rows', 0, 'objects[0].rows must be a whole number from 1'],
    ['objects.0.bytes', '100', 'objects[0].bytes must be a whole number from 1'],
    ['objects.0.sha256', 'abc', 'objects[0].sha256 must be a text like ^[0-9a-f]{64}$'],
    ['objects.0.sha256', hash('A'), 'objects[0].sha256 must be a text like ^[0-9a-f]{64}$'],
    ['objects.0.content', 5, 'objects[0].content must be an object'],
    ['objects.0.content.bytes', 2 ** 53, 'objects[0].content.bytes must be a whole number from 1'],
    ['objects.1.content.sha256', null, 'objects[1].content.sha256 must be a text'],
    ['objects.0.writeTimes', undefined, 'objects[0].writeTimes must be an object'],
    ['objects.0.writeTimes.key', 'x', 'objects must lie in the folder of the manifest'],
    ['objects.0.writeTimes.bytes', 0, 'objects[0].writeTimes.bytes must be a whole number from 1'],
    ['objects.0.writeTimes.sha256', '', 'objects[0].writeTimes.sha256 must be a text like ^[0-9a-f]{64}$'],
    ['minUpdatedOnMs', 1612137600002, 'minUpdatedOnMs must not exceed maxUpdatedOnMs'],
    ['maxUpdatedOnMs', 'now', 'maxUpdatedOnMs must be a whole number'],
    ['maxWriteTimeUs', 7, 'maxWriteTimeUs must be a text'],
    ['maxWriteTimeUs', '0x7', 'maxWriteTimeUs must be a text like ^(?:0|-?[1-9]\\d{0,29})$'],
    ['maxWriteTimeUs', '', 'maxWriteTimeUs must be a text like ^(?:0|-?[1-9]\\d{0,29})$'],
    ['toolVersion', null, 'toolVersion must be a text'],
    ['createdOnMs', null, 'createdOnMs must be a whole number'],
  ])('refuses %s = %j', (path, value, problem) => {
    const decode = (): unknown => decodeManifest(key, changed(path, value), 's3://bucket/key');
    expect(thrownBy(decode)).toMatchObject({
      code: 'ARCHIVE.UNREADABLE_MANIFEST',
      message: `s3://bucket/key cannot be read: ${problem}`,
    });
  });

  it.each<[string, Uint8Array]>([
    ['it is no JSON', new TextEncoder().encode('{')],
    ['it is no JSON', new Uint8Array()],
    ['it is no JSON', Uint8Array.of(0x22, 0xff, 0x22)],
    ['it must be an object', bytesOf([])],
    ['it must be an object', bytesOf(null)],
  ])('refuses what is no manifest: %s', (problem, bytes) => {
    const message = `${key} cannot be read: ${problem}`;
    expect(thrownBy(() => decodeManifest(key, bytes))).toMatchObject({ message });
  });

  it('refuses a manifest that was cut off anywhere', () => {
    const whole = encodeManifest(manifest);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 2 }), (length) => {
        expect(() => decodeManifest(key, whole.subarray(0, length))).toThrow(/cannot be read/);
      }),
    );
  });
});
