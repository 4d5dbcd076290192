import { planSchema } from './plan-schema';
import { type SchemaTarget } from './plan-version';
import { type AppliedVersion, checksumOf } from './schema-history';
import { emptyTable, type SchemaSnapshot } from './schema-snapshot';
import { type SchemaVersion } from './schema-version';

const target: SchemaTarget = { keyspaces: { courses: 'c', hierarchy: 'c' }, hasStorageAttachedIndexes: true };
const first: SchemaVersion = {
  version: 1,
  name: 'first',
  otherTypes: 'noted',
  steps: [
    { kind: 'table', keyspace: 'courses', name: 't', columns: { a: 'text' }, partitionKey: ['a'], clusteringKey: [] },
  ],
};
const second: SchemaVersion = {
  version: 2,
  name: 'second',
  otherTypes: 'refused',
  steps: [
    { kind: 'columns', table: 't', columns: { b: 'text' } },
    { kind: 'index', table: 't', column: 'b' },
  ],
};
const versions = [first, second];
const recorded = (version: SchemaVersion): AppliedVersion => ({
  version: version.version,
  name: version.name,
  checksum: checksumOf(version),
  appliedAt: new Date(0),
});
const withTable = (columns: Record<string, string>, indexed: string[] = []): SchemaSnapshot =>
  new Map([
    [
      'c',
      {
        types: new Map(),
        tables: new Map([
          [
            't',
            {
              ...emptyTable(),
              columns: new Map(Object.entries(columns)),
              partitionKey: ['a'],
              indexed: new Set(indexed),
            },
          ],
        ]),
      },
    ],
  ]);
const CREATE_INDEX = "CREATE CUSTOM INDEX IF NOT EXISTS t_b_sai ON c.t (b) USING 'StorageAttachedIndex'";

it('plans every version as if those before it were applied', () => {
  expect(planSchema(versions, [], new Map(), target).changes).toEqual([
    {
      version: 1,
      name: 'first',
      statements: ['CREATE TABLE IF NOT EXISTS c.t (a text, PRIMARY KEY ((a)))'],
      toRecord: first,
    },
    { version: 2, name: 'second', statements: ['ALTER TABLE c.t ADD b text', CREATE_INDEX], toRecord: second },
  ]);
});

it('records a version also when all of it was there', () => {
  expect(planSchema([first], [], withTable({ a: 'text' }), target).changes).toEqual([
    { version: 1, name: 'first', statements: [], toRecord: first },
  ]);
});

it('is empty when all is applied', () => {
  const applied = versions.map(recorded);
  expect(planSchema(versions, applied, withTable({ a: 'text', b: 'text' }, ['b']), target).changes).toEqual([]);
});

it('looks after indexes of versions that are applied, and after nothing else of them', () => {
  const applied = versions.map(recorded);
  expect(planSchema(versions, applied, withTable({ a: 'text' }), target).changes).toEqual([
    { version: 2, name: 'second', statements: [CREATE_INDEX], toRecord: undefined },
  ]);
});

it('refuses a version that was applied with other contents', () => {
  const applied = [recorded(first), { ...recorded(second), checksum: 'other' }];
  expect(() => planSchema(versions, applied, new Map(), target)).toThrow(
    expect.objectContaining({ code: 'SCHEMA.CHANGED' }) as Error,
  );
});

it('refuses a version that it does not know', () => {
  const applied = [...versions.map(recorded), { ...recorded(second), version: 3 }];
  expect(() => planSchema(versions, applied, new Map(), target)).toThrow(
    'The schema has version 3, but this program knows none after 2. Use a later release.',
  );
});

it('refuses conflicts, all of a version at once', () => {
  const other = withTable({ a: 'text', b: 'int' });
  expect(() => planSchema(versions, [], other, target)).toThrow(
    'The keyspace has what is needed, but differently; nothing was changed: c.t.b is int, expected was text',
  );
});
