import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { CassandraSession, type QueryKind } from './cassandra-session';
import { CassandraSettings } from './cassandra.settings';
import { CqlReader } from './cql-reader';
import { type RawValue } from './raw-values';
import { type Row, type Statement } from './statement';

const keyspace = `test_session_${randomBytes(4).toString('hex')}`;
const settings = new CassandraSettings();
settings.CASSANDRA_CONTACT_POINTS = process.env['CASSANDRA_CONTACT_POINTS'] ?? settings.CASSANDRA_CONTACT_POINTS;

const queries: [QueryKind, boolean][] = [];
const session = new CassandraSession(settings, {
  keyspace,
  onQuery: (kind, seconds, ok) => {
    expect(seconds).toBeGreaterThan(0);
    queries.push([kind, ok]);
  },
});

const statement = (cql: string, idempotent = true): Statement => ({ cql, idempotent });
const INSERT_ITEM = statement(
  'INSERT INTO items (owner, name, counted, at, answers, scores, ranks) VALUES (?, ?, ?, ?, ?, ?, ?)',
  false,
);
const SELECT_ITEM = statement('SELECT * FROM items WHERE owner = ? AND name = ?');
const SELECT_OWNER = statement('SELECT name, counted FROM items WHERE owner = ?');
const INSERT_NUMBER = statement('INSERT INTO items (owner, name, counted) VALUES (?, ?, ?)');
const TAKE_LEASE = statement('INSERT INTO leases (name, holder) VALUES (?, ?) IF NOT EXISTS', false);
const PASS_LEASE = statement('UPDATE leases SET holder = ? WHERE name = ? IF holder = ?', false);
const SELECT_LEASE = statement('SELECT holder FROM leases WHERE name = ?');

async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const read: Row[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

beforeAll(async () => {
  const admin = new CassandraSession(settings, { keyspace: null });
  await admin.connect();
  expect(admin.keyspace).toBe('');
  await admin.ddl(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await admin.close();
  await session.connect();
  await session.ddl('CREATE TYPE answer (id text, points double, options list<frozen<map<text, text>>>)');
  await session.ddl(
    `CREATE TABLE items (owner text, name text, counted bigint, at timestamp, answers list<frozen<answer>>,
       scores map<text, frozen<answer>>, ranks map<text, int>, PRIMARY KEY (owner, name))`,
  );
  await session.ddl('CREATE TABLE leases (name text PRIMARY KEY, holder text)');
  await session.ddl('CREATE TABLE pairs (a text, b text, PRIMARY KEY ((a, b)))');
});

afterAll(async () => {
  await session.ddl(`DROP KEYSPACE ${keyspace}`);
  await session.close();
  await session.close();
});

describe('values', () => {
  const at = new Date('2024-02-29T12:34:56.789Z');
  const counted = 9_007_199_254_740_993n;
  const answers = [
    { id: 'q1', points: 0.1, options: [new Map([['1', '{"text":"x"}']])] },
    { id: 'q2', points: 2 },
  ];
  const scores = new Map([['content', { id: 'c', points: 1.5 }]]);

  it('come back as they were written: bigint, Date, Map', async () => {
    await session.write(INSERT_ITEM, ['o1', 'n1', counted, at, undefined, undefined, new Map([['r', 3]])]);
    expect({ ...(await session.one(SELECT_ITEM, ['o1', 'n1'])) }).toEqual({
      ...{ owner: 'o1', name: 'n1', counted, at, answers: null, scores: null, ranks: new Map([['r', 3]]) },
    });
  });

  it('of user types come back in collections as bytes, with the names of their fields', async () => {
    await session.write(INSERT_ITEM, ['o1', 'n2', counted, at, answers, scores, undefined]);
    const row = await session.one(SELECT_ITEM, ['o1', 'n2']);
    const list = row?.['answers'] as RawValue;
    expect(list.fields).toEqual(['id', 'points', 'options']);
    const reader = new CqlReader(list.bytes);
    expect(reader.count()).toBe(2);
    reader.begin();
    expect([reader.text(), reader.double()]).toEqual(['q1', 0.1]);
    reader.skip();
    reader.begin();
    expect([reader.text(), reader.double(), reader.begin()]).toEqual(['q2', 2, undefined]);

    const map = row?.['scores'] as RawValue;
    const entries = new CqlReader(map.bytes);
    expect([map.fields, entries.count(), entries.text()]).toEqual([['id', 'points', 'options'], 1, 'content']);
  });

  it('are taken as bytes, for any type', async () => {
    await session.write(INSERT_ITEM, ['o1', 'n3', counted, at, answers, scores, undefined]);
    const { bytes } = (await session.one(SELECT_ITEM, ['o1', 'n3']))?.['answers'] as RawValue;
    await session.write(INSERT_ITEM, ['o1', 'n4', counted, at, Buffer.from(bytes), undefined, undefined]);
    expect((await session.one(SELECT_ITEM, ['o1', 'n4']))?.['answers']).toMatchObject({ bytes });
  });

  it('of user types are known by their fields', async () => {
    expect(await session.fieldsOf('answer')).toEqual(['id', 'points', 'options']);
    await expect(session.fieldsOf('nothing')).rejects.toMatchObject({ code: 'CASSANDRA.MISCONFIGURED' });
  });

  it('leave a column as it is when undefined', async () => {
    await session.write(INSERT_NUMBER, ['o2', 'n', 7n]);
    await session.write(INSERT_NUMBER, ['o2', 'n', undefined]);
    expect(await session.one(SELECT_ITEM, ['o2', 'n'])).toMatchObject({ counted: 7n });
  });

  it('are refused when null', async () => {
    const refused = { code: 'CASSANDRA.INVALID_QUERY', message: 'Parameter 3 is null: leave it undefined' };
    await expect(session.write(INSERT_NUMBER, ['o2', 'n', null])).rejects.toMatchObject(refused);
    await expect(
      session.writeTogether([{ statement: INSERT_NUMBER, params: ['o2', 'n', null] }]),
    ).rejects.toMatchObject(refused);
  });

  it('of no row are undefined', async () => {
    expect(await session.one(SELECT_ITEM, ['nobody', 'nothing'])).toBeUndefined();
  });
});

describe('pages', () => {
  const count = 250;
  beforeAll(async () => {
    for (let n = 0; n < count; n++) await session.write(INSERT_NUMBER, ['many', `n${1000 + n}`, BigInt(n)]);
  });

  it('give every row once, in order', async () => {
    const rows = await all(session.rows(SELECT_OWNER, ['many'], { pageSize: 7 }));
    expect(rows.map((row) => row['counted'])).toEqual(Array.from({ length: count }, (_, n) => BigInt(n)));
  });

  it('are read by the default size, and at LOCAL_SERIAL when asked', async () => {
    expect(await all(session.rows(SELECT_OWNER, ['many']))).toHaveLength(count);
    expect(await all(session.rows(SELECT_OWNER, ['many'], { serial: true }))).toHaveLength(count);
  });

  it('are not fetched further once the loop is left', async () => {
    queries.length = 0;
    const reading = session.rows(SELECT_OWNER, ['many'], { pageSize: 10 })[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.();
    await sleep(50);
    expect(queries).toEqual([
      ['read', true],
      ['read', true],
    ]);
  });
});

it('writes several rows of a partition together', async () => {
  queries.length = 0;
  await session.writeTogether(
    [1n, 2n, 3n].map((n) => ({ statement: INSERT_NUMBER, params: ['together', `n${n}`, n] })),
  );
  await session.writeTogether([]);
  expect(queries).toEqual([['batch', true]]);
  expect(await all(session.rows(SELECT_OWNER, ['together']))).toHaveLength(3);
});

it('compares and sets', async () => {
  expect(await session.compareAndSet(TAKE_LEASE, ['week', 'me'])).toEqual({ applied: true });
  expect(await session.compareAndSet(TAKE_LEASE, ['week', 'you'])).toEqual({
    applied: false,
    row: { name: 'week', holder: 'me' },
  });
  expect(await session.compareAndSet(PASS_LEASE, ['you', 'week', 'she'])).toEqual({
    applied: false,
    row: { holder: 'me' },
  });
  expect(await session.compareAndSet(PASS_LEASE, ['you', 'no such', 'she'])).toEqual({ applied: false });
  expect(await session.compareAndSet(PASS_LEASE, ['you', 'week', 'me'])).toEqual({ applied: true });
  expect(await session.one(SELECT_LEASE, ['week'], { serial: true })).toMatchObject({ holder: 'you' });
});

it('compares and sets rows of a partition together: all of them, or none', async () => {
  const first = statement('UPDATE items SET counted = ? WHERE owner = ? AND name = ? IF counted = null', false);
  const next = statement('UPDATE items SET counted = ? WHERE owner = ? AND name = ? IF counted = ?', false);
  const together = (...updates: [Statement, unknown[]][]): Promise<boolean> =>
    session.compareAndSetTogether(updates.map(([each, params]) => ({ statement: each, params })));
  const counts = async () =>
    Promise.all(['a', 'b'].map(async (name) => (await session.one(SELECT_ITEM, ['together', name]))?.['counted']));

  expect(await together([first, [1n, 'together', 'a']], [first, [1n, 'together', 'b']])).toBe(true);
  expect(await together([next, [2n, 'together', 'a', 1n]], [first, [2n, 'together', 'b']])).toBe(false);
  expect(await counts()).toEqual([1n, 1n]);
  expect(await together([next, [2n, 'together', 'a', 1n]], [next, [2n, 'together', 'b', 1n]])).toBe(true);
  expect(await counts()).toEqual([2n, 2n]);
  expect(await together()).toBe(true);
});

describe('tokens', () => {
  const INSERT_PAIR = statement('INSERT INTO pairs (a, b) VALUES (?, ?)');
  const SELECT_PAIR = statement('SELECT token(a, b) AS hashed FROM pairs WHERE a = ? AND b = ?');
  const SELECT_SINGLE = statement('SELECT token(owner) AS hashed FROM items WHERE owner = ? LIMIT 1');

  it('are the server’s, for any text', async () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }));
    const key = text.filter((each) => each !== '');
    await fc.assert(
      fc.asyncProperty(key, text, async (first, second) => {
        await session.write(INSERT_PAIR, [first, second]);
        await session.write(INSERT_NUMBER, [first, 'token', 1n]);
        const pair = await session.one(SELECT_PAIR, [first, second]);
        const single = await session.one(SELECT_SINGLE, [first]);
        expect(session.tokenOf(first, second)).toBe(pair?.['hashed']);
        expect(session.tokenOf(first)).toBe(single?.['hashed']);
      }),
      { numRuns: 100 },
    );
  });
});

describe('failures', () => {
  it.each([
    ['a value of the wrong type', INSERT_NUMBER, ['secret-owner', 'secret-name', 'secret-number']],
    ['a key that is too long', INSERT_NUMBER, ['secret'.repeat(20_000), 'n', 1n]],
    ['a missing parameter', INSERT_NUMBER, ['secret-owner']],
    ['an unknown table', statement('SELECT a FROM nowhere WHERE a = ?'), ['secret']],
    ['no CQL', statement('SELEKT'), []],
  ])('%s: CASSANDRA.INVALID_QUERY without the values', async (_what, broken, params) => {
    queries.length = 0;
    const thrown: unknown = await session.write(broken, params).catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      code: 'CASSANDRA.INVALID_QUERY',
      retryable: false,
      context: { statement: broken.cql },
    });
    expect(String(thrown)).not.toContain('secret');
    expect((thrown as Error).cause).toBeUndefined();
    expect(queries).toEqual([['write', false]]);
  });

  it('no server: CASSANDRA.UNAVAILABLE with address and setting, and it may be tried again', async () => {
    const nowhere = Object.assign(new CassandraSettings(), { CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' });
    const lonely = new CassandraSession(nowhere);
    const expected = { code: 'CASSANDRA.UNAVAILABLE', retryable: true };
    for (let attempt = 0; attempt < 2; attempt++) await expect(lonely.connect()).rejects.toMatchObject(expected);
    await expect(lonely.connect()).rejects.toThrow(
      'Cassandra does not answer at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1 (setting CASSANDRA_CONTACT_POINTS)',
    );
    await lonely.close();
  });

  it('not connected: CASSANDRA.UNAVAILABLE', async () => {
    const closed = new CassandraSession(settings, { keyspace });
    await expect(closed.one(SELECT_LEASE, ['x'])).rejects.toMatchObject({ code: 'CASSANDRA.UNAVAILABLE' });
  });

  it.each([
    [{ CASSANDRA_LOCAL_DATACENTER: 'elsewhere' }, /Datacenter elsewhere was not found.*CASSANDRA_LOCAL_DATACENTER/],
    [
      { CASSANDRA_KEYSPACE: 'no_such_keyspace' },
      /keyspace no_such_keyspace does not exist.*migrator schema up.*CASSANDRA_KEYSPACE/,
    ],
    [{ CASSANDRA_TLS_CA_FILE: '/no/such/file' }, /ENOENT.*CASSANDRA_TLS_CA_FILE/],
  ])('a wrong setting %j is named', async (wrong, message) => {
    const misled = new CassandraSession(Object.assign(new CassandraSettings(), settings, wrong));
    await expect(misled.connect()).rejects.toMatchObject({ code: 'CASSANDRA.MISCONFIGURED', retryable: false });
    await expect(misled.connect()).rejects.toThrow(message);
  });

  it('a broken read fails where it is consumed', async () => {
    await expect(all(session.rows(statement('SELECT a FROM nowhere'), []))).rejects.toMatchObject({
      code: 'CASSANDRA.INVALID_QUERY',
    });
  });
});

it('knows the servers', () => {
  expect(session.servers()).toEqual([
    { datacenter: settings.CASSANDRA_LOCAL_DATACENTER, version: expect.stringMatching(/^\d+\.\d+/) as string },
  ]);
});

it('connects once', async () => {
  await session.connect();
  expect(await session.one(SELECT_LEASE, ['nobody'])).toBeUndefined();
});
