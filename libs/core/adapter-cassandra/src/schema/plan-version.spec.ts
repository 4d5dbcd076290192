import { planVersion, type SchemaTarget } from './plan-version';
import { emptyTable, type SchemaSnapshot, type TableSnapshot } from './schema-snapshot';
import { type SchemaStep, type SchemaVersion } from './schema-version';

const target: SchemaTarget = {
  keyspaces: { courses: 'c', hierarchy: 'h' },
  hasStorageAttachedIndexes: true,
};
const version = (...steps: SchemaStep[]): SchemaVersion => ({ version: 1, name: 'v', otherTypes: 'refused', steps });
const table: SchemaStep = {
  kind: 'table',
  keyspace: 'courses',
  name: 't',
  columns: { a: 'text', b: 'text', c: 'map<text, int>', d: 'list<frozen<y>>' },
  partitionKey: ['a'],
  clusteringKey: ['b'],
};
const type: SchemaStep = { kind: 'type', name: 'y', fields: { f: 'text', g: 'int' } };
const columns: SchemaStep = { kind: 'columns', table: 't', columns: { e: 'boolean' } };
const index: SchemaStep = { kind: 'index', table: 't', column: 'b' };

function existing(changes: Partial<TableSnapshot> = {}, fields: Record<string, string> = { f: 'text', g: 'int' }) {
  const full = new Map([
    ['a', 'text'],
    ['b', 'text'],
    ['c', 'map<text,int>'],
    ['d', 'list<frozen<y>>'],
    ['e', 'boolean'],
  ]);
  const found = { ...emptyTable(), columns: full, partitionKey: ['a'], clusteringKey: ['b'], indexed: new Set(['b']) };
  const keyspace = {
    types: new Map([['y', new Map(Object.entries(fields))]]),
    tables: new Map([['t', { ...found, ...changes }]]),
  };
  return new Map([['c', keyspace]]) satisfies SchemaSnapshot;
}

it('creates everything on an empty cluster', () => {
  const hierarchy: SchemaStep = {
    ...table,
    keyspace: 'hierarchy',
    name: 'u',
    columns: { a: 'text' },
    clusteringKey: [],
  };
  const plan = planVersion(version(type, table, hierarchy, columns, index), new Map(), target);
  expect(plan.statements).toEqual([
    'CREATE TYPE IF NOT EXISTS c.y (f text, g int)',
    'CREATE TABLE IF NOT EXISTS c.t (a text, b text, c map<text, int>, d list<frozen<y>>, PRIMARY KEY ((a), b))',
    'CREATE TABLE IF NOT EXISTS h.u (a text, PRIMARY KEY ((a)))',
    'ALTER TABLE c.t ADD e boolean',
    "CREATE CUSTOM INDEX IF NOT EXISTS t_b_sai ON c.t (b) USING 'StorageAttachedIndex'",
  ]);
});

it('finds nothing to do after its own statements, and leaves the snapshot it was given alone', () => {
  const snapshot: SchemaSnapshot = new Map();
  const everything = version(type, table, columns, index);
  const { after } = planVersion(everything, snapshot, target);
  expect(snapshot.size).toBe(0);
  expect(planVersion(everything, after, target)).toMatchObject({ statements: [], notes: [], conflicts: [] });
});

it('finds nothing to do where all is there, however the server writes the types', () => {
  const plan = planVersion(version(type, table, columns, index), existing(), target);
  expect(plan).toMatchObject({ statements: [], notes: [], conflicts: [] });
});

it('adds only what is missing', () => {
  const found = existing(
    {
      columns: new Map([
        ['a', 'text'],
        ['b', 'text'],
        ['c', 'map<text, int>'],
        ['z', 'blob'],
      ]),
      indexed: new Set(),
    },
    { f: 'text', z: 'blob' },
  );
  expect(planVersion(version(type, table, columns, index), found, target).statements).toEqual([
    'ALTER TYPE c.y ADD g int',
    'ALTER TABLE c.t ADD d list<frozen<y>>',
    'ALTER TABLE c.t ADD e boolean',
    "CREATE CUSTOM INDEX IF NOT EXISTS t_b_sai ON c.t (b) USING 'StorageAttachedIndex'",
  ]);
});

it('does not bring back a column that somebody dropped from a table', () => {
  const without = new Map([...(existing().get('c')?.tables.get('t')?.columns ?? [])].filter(([name]) => name !== 'd'));
  const plan = planVersion(version(table), existing({ columns: without, dropped: new Set(['d']) }), target);
  expect(plan.statements).toEqual([]);
  expect(plan.notes).toEqual(['c.t.d was dropped once and is not added again']);
});

describe('a column of another type', () => {
  const found = existing({
    columns: new Map([
      ['a', 'text'],
      ['b', 'text'],
      ['c', 'text'],
      ['d', 'list<frozen<y>>'],
    ]),
  });

  it('is refused', () => {
    expect(planVersion(version(table), found, target).conflicts).toEqual([
      'c.t.c is text, expected was map<text, int>',
    ]);
  });

  it('is noted and left where the version says so', () => {
    const plan = planVersion({ ...version(table), otherTypes: 'noted' }, found, target);
    expect(plan).toMatchObject({
      statements: [],
      conflicts: [],
      notes: ['c.t.c is text, expected was map<text, int>; it is left as it is'],
    });
  });

  it('is found in user-defined types too', () => {
    const plan = planVersion(version(type), existing({}, { f: 'text', g: 'bigint' }), target);
    expect(plan.conflicts).toEqual(['c.y.g is bigint, expected was int']);
  });
});

it('refuses another primary key, whatever the version says', () => {
  const found = existing({ partitionKey: ['a', 'b'], clusteringKey: [] });
  const plan = planVersion({ ...version(table), otherTypes: 'noted' }, found, target);
  expect(plan.conflicts).toEqual(['c.t has the primary key ((a, b)), needed is ((a), b)']);
});

it('refuses columns and indexes of a table that is not there', () => {
  const plan = planVersion(version(columns, index), new Map(), target);
  expect(plan.conflicts).toEqual(['c.t does not exist', 'c.t does not exist']);
  expect(plan.statements).toEqual([]);
});

it('leaves indexes out on older servers, and says so', () => {
  const plan = planVersion(version(index), existing({ indexed: new Set() }), {
    ...target,
    hasStorageAttachedIndexes: false,
  });
  expect(plan.statements).toEqual([]);
  expect(plan.notes).toEqual([
    't_b_sai is left out: not all servers are Cassandra 5.0 or later, so tables are scanned',
  ]);
});
