import { CassandraSession, CassandraSettings, inParallel } from '@scorekeep/platform/adapter-cassandra';
import { SchemaMigrator } from './schema-migrator';
import { type SchemaVersion } from './schema-version';
import { SchemaTestBed, smallVersions } from './testing/schema-test-bed';
import { sunbirdTables } from './versions/0001-sunbird-tables';
import { attemptsForGood } from './versions/0002-attempts-for-good';
import { schemaVersions } from './versions/schema-versions';

const bed = new SchemaTestBed(process.env['CASSANDRA_CONTACT_POINTS']);
const quiet = { say: () => undefined };
const NOTHING = { keyspaces: [], changes: [], notes: [] };

beforeAll(() => bed.session.connect());
afterAll(() => bed.close());

describe('on an empty cluster', () => {
  const names = bed.freshKeyspaces();
  const migrator = bed.migrator(names);

  it('a plan lists everything and changes nothing', async () => {
    const plan = await migrator.plan();
    expect(plan.keyspaces).toHaveLength(2);
    expect(plan.changes.map(({ version }) => version)).toEqual(schemaVersions.map(({ version }) => version));
    const found = bed.select('SELECT * FROM system_schema.keyspaces WHERE keyspace_name = ?', [names.courses]);
    expect(await found).toEqual([]);
  });

  it('the status is: all pending', async () => {
    const status = await migrator.status();
    expect(status.upToDate).toBe(false);
    expect(new Set(status.versions.map(({ state }) => state))).toEqual(new Set(['pending']));
    expect(new Set(status.indexes.map(({ state }) => state))).toEqual(new Set(['missing']));
  });

  it('everything is created, as planned', async () => {
    const plan = await migrator.plan();
    const said: string[] = [];
    expect(await migrator.apply({ say: (line) => void said.push(line) })).toEqual(plan);
    expect(said).toEqual(
      expect.arrayContaining([...plan.keyspaces, ...plan.changes.flatMap((each) => each.statements)]),
    );
  });

  it('the tables take what the applications write', async () => {
    await bed.write(
      `INSERT INTO ${names.courses}.assessment_raw (user_id, course_id, batch_id, content_id, attempt_id, question, question_count)
         VALUES ('u', 'c', 'b', 'k', 'a', ?, 1)`,
      [[{ id: 'q', resvalues: [new Map([['1', 'x']])] }]],
    );
    await bed.write(
      `UPDATE ${names.courses}.user_activity_agg SET attempts['k'] = ?, attempts_filled = true
         WHERE activity_type = 'Course' AND activity_id = 'c' AND user_id = 'u' AND context_id = 'cb:b'`,
      [{ content_id: 'k', attempt_id: 'a', score: 1, write_time: 1n, placeholder: false }],
    );
    await bed.write(`INSERT INTO ${names.hierarchy}.content_hierarchy (identifier, hierarchy) VALUES ('c', '{}')`);
    const found = await bed.select(`SELECT attempt_id FROM ${names.courses}.assessment_raw WHERE batch_id = 'b'`);
    expect(found).toEqual([{ attempt_id: 'a' }]);
  });

  it('a second run changes nothing', async () => {
    expect(await migrator.apply(quiet)).toEqual(NOTHING);
  });

  it('the status is: up to date', async () => {
    const status = await migrator.status();
    expect(status.upToDate).toBe(true);
    expect(status.versions[0]).toEqual({
      version: 1,
      name: 'sunbird-tables',
      state: 'applied',
      appliedAt: expect.any(Date) as Date,
    });
    expect(status.indexes).toEqual(
      [
        ...['aggregator_batch_id', 'aggregator_updated_on', 'raw_batch_id', 'raw_updated_on'].map(
          (name) => `assessment_${name}_sai`,
        ),
        'user_enrolments_batchid_sai',
      ].map((name) => ({ name, state: 'ready' })),
    );
  });

  it('an index that somebody dropped comes back', async () => {
    await bed.session.ddl(`DROP INDEX ${names.courses}.assessment_raw_batch_id_sai`);
    expect((await migrator.status()).upToDate).toBe(false);
    const statements = [expect.stringContaining('assessment_raw_batch_id_sai') as string];
    expect((await migrator.apply(quiet)).changes).toEqual([{ version: 2, name: 'attempts-for-good', statements }]);
    expect((await migrator.status()).upToDate).toBe(true);
  });
});

describe('on keyspaces that Sunbird made', () => {
  const names = bed.freshKeyspaces();
  const migrator = bed.migrator(names, { versions: [sunbirdTables, attemptsForGood] });
  let before: unknown;

  const contents = async () => ({
    attempts: await bed.select(
      `SELECT user_id, attempt_id, question, total_score, writetime(total_score) AS written FROM ${names.courses}.assessment_aggregator`,
    ),
    scores: await bed.select(
      `SELECT user_id, agg, aggregates, agg_details, extra FROM ${names.courses}.user_activity_agg`,
    ),
    hierarchies: await bed.select(`SELECT * FROM ${names.hierarchy}.content_hierarchy`),
  });

  beforeAll(async () => {
    for (const name of [names.courses, names.hierarchy]) {
      await bed.session.ddl(
        `CREATE KEYSPACE ${name} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
      );
    }
    for (const cql of [
      `CREATE TYPE ${names.courses}.question (id text, assess_ts timestamp, max_score double, score double, type text, title text, resvalues list<frozen<map<text,text>>>, params list<frozen<map<text,text>>>, description text, duration decimal)`,
      `CREATE TABLE ${names.courses}.assessment_aggregator (user_id text, course_id text, batch_id text, content_id text, attempt_id text, created_on timestamp, last_attempted_on timestamp, updated_on timestamp, grand_total text, total_max_score double, total_score double, question list<frozen<question>>, PRIMARY KEY ((user_id, course_id), batch_id, content_id, attempt_id))`,
      `CREATE TABLE ${names.courses}.user_activity_agg (activity_type text, activity_id text, user_id text, context_id text, agg map<text,int>, aggregates map<text,double>, agg_last_updated map<text,timestamp>, agg_details list<text>, extra text, PRIMARY KEY ((activity_type, activity_id, user_id), context_id))`,
      `CREATE TABLE ${names.courses}.user_enrolments (userid text, courseid text, batchid text, active boolean, addedby text, certificates list<frozen<map<text,text>>>, issued_certificates list<frozen<map<text,text>>>, certstatus int, completedon timestamp, completionpercentage int, contentstatus map<text,int>, datetime timestamp, enrolleddate text, lastreadcontentid text, lastreadcontentstatus int, lastcontentaccesstime timestamp, progress bigint, status int, PRIMARY KEY (userid, courseid, batchid))`,
      `CREATE TABLE ${names.hierarchy}.content_hierarchy (identifier text PRIMARY KEY, hierarchy text)`,
    ]) {
      await bed.session.ddl(cql);
    }
    for (let n = 0; n < 50; n++) {
      await bed.write(
        `INSERT INTO ${names.courses}.assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, question, total_score) VALUES (?, 'c', 'b', 'k', ?, ?, ?)`,
        [`u${n % 7}`, `a${n}`, [{ id: 'q', score: n }], n],
      );
      await bed.write(
        `INSERT INTO ${names.courses}.user_activity_agg (activity_type, activity_id, user_id, context_id, agg, aggregates, agg_details, extra) VALUES ('Course', 'c', ?, 'cb:b', ?, ?, ?, 'kept')`,
        [`u${n % 7}`, new Map([['completedCount', n]]), new Map([['score:k', n / 3]]), [`{"attempt_id":"a${n}"}`]],
      );
    }
    await bed.write(`INSERT INTO ${names.hierarchy}.content_hierarchy (identifier, hierarchy) VALUES ('c', '{}')`);
    before = await contents();
  });

  it('only what is missing is added; what differs is left and said', async () => {
    const report = await migrator.apply(quiet);
    expect(report.keyspaces).toEqual([]);
    expect(report.notes).toEqual([
      `${names.courses}.user_enrolments.progress is bigint, expected was int; it is left as it is`,
    ]);
    const statements = report.changes.flatMap((each) => each.statements.map((cql) => cql.split(' (')[0]));
    expect(statements.filter((cql) => !cql?.startsWith('CREATE CUSTOM INDEX'))).toEqual([
      `CREATE TABLE IF NOT EXISTS ${names.courses}.user_content_consumption`,
      `ALTER TABLE ${names.courses}.user_enrolments ADD enrolled_date timestamp`,
      `CREATE TABLE IF NOT EXISTS ${names.courses}.course_batch`,
      `CREATE TYPE IF NOT EXISTS ${names.courses}.attempt_score`,
      `ALTER TABLE ${names.courses}.user_activity_agg ADD attempts map<text, frozen<attempt_score>>`,
      `ALTER TABLE ${names.courses}.user_activity_agg ADD attempts_filled boolean`,
      `ALTER TABLE ${names.courses}.user_activity_agg ADD certificate_state text`,
      `CREATE TABLE IF NOT EXISTS ${names.courses}.assessment_raw`,
      `ALTER TABLE ${names.courses}.assessment_aggregator ADD question_count int`,
    ]);
    const columns = await bed.columnsOf(names.courses, 'user_activity_agg');
    expect(columns).toMatchObject({ attempts: 'map<text, frozen<attempt_score>>', extra: 'text' });
  });

  it('rows are intact, and found by the new indexes', async () => {
    expect(await contents()).toEqual(before);
    const found = await bed.select(
      `SELECT attempt_id FROM ${names.courses}.assessment_aggregator WHERE batch_id = 'b'`,
    );
    expect(found).toHaveLength(50);
  });

  it('a second run changes nothing', async () => {
    expect(await migrator.apply(quiet)).toEqual(NOTHING);
  });
});

it('new indexes answer when it returns, although building them takes a while', async () => {
  const names = bed.freshKeyspaces();
  await bed.migrator(names, { versions: smallVersions.slice(0, 1) }).apply(quiet);
  await bed.session.ddl(`ALTER TABLE ${names.courses}.t ADD c text`);
  await inParallel(Array(20_000).keys(), 64, (n) =>
    bed.write(`INSERT INTO ${names.courses}.t (a, c) VALUES (?, ?)`, [`row ${n}`, `tenth ${n % 10}`]),
  );
  await bed.migrator(names, { versions: smallVersions }).apply(quiet);
  expect(await bed.select(`SELECT a FROM ${names.courses}.t WHERE c = 'tenth 3'`)).toHaveLength(2_000);
});

it('a column of Sunbird’s table that was dropped stays dropped', async () => {
  const names = bed.freshKeyspaces();
  const migrator = bed.migrator(names, { versions: smallVersions.slice(0, 1) });
  await migrator.apply(quiet);
  await bed.session.ddl(`ALTER TABLE ${names.courses}.t DROP pairs`);
  await bed.write(`DELETE FROM ${names.courses}.scorekeep_schema_version WHERE track = 'scorekeep'`);
  expect(await migrator.apply(quiet)).toEqual({
    keyspaces: [],
    changes: [{ version: 1, name: 'small', statements: [] }],
    notes: [`${names.courses}.t.pairs was dropped once and is not added again`],
  });
});

describe('what is not ours to change', () => {
  const [small, wider] = smallVersions as [SchemaVersion, SchemaVersion];

  it('a version applied with other contents is refused', async () => {
    const names = bed.freshKeyspaces();
    await bed.migrator(names, { versions: [small] }).apply(quiet);
    const other = bed.migrator(names, { versions: [{ ...small, name: 'renamed' }] });
    const refusal = { code: 'SCHEMA.CHANGED', retryable: false };
    await expect(other.plan()).rejects.toMatchObject(refusal);
    await expect(other.apply(quiet)).rejects.toMatchObject(refusal);
    expect(await other.status()).toMatchObject({ upToDate: false, versions: [{ version: 1, state: 'changed' }] });
  });

  it('a schema of a later release is refused', async () => {
    const names = bed.freshKeyspaces();
    await bed.migrator(names, { versions: [small, wider] }).apply(quiet);
    const older = bed.migrator(names, { versions: [small] });
    await expect(older.apply(quiet)).rejects.toMatchObject({ code: 'SCHEMA.NEWER', retryable: false });
    expect(await older.status()).toMatchObject({
      upToDate: false,
      versions: [
        { version: 1, state: 'applied' },
        { version: 2, name: 'wider', state: 'unknown' },
      ],
    });
  });

  it('a table of another shape is refused before anything is changed', async () => {
    const names = bed.freshKeyspaces();
    await bed.migrator(names, { versions: [] }).apply(quiet);
    await bed.session.ddl(`CREATE TABLE ${names.courses}.t (a text PRIMARY KEY, b text)`);
    await expect(bed.migrator(names, { versions: [small] }).apply(quiet)).rejects.toMatchObject({
      code: 'SCHEMA.CONFLICT',
      message: expect.stringContaining(`${names.courses}.t.b is text, expected was int`) as string,
    });
    expect(await bed.columnsOf(names.courses, 't')).toEqual({ a: 'text', b: 'text' });
  });
});

it('no server: the address and the setting are named', async () => {
  const nowhere = Object.assign(new CassandraSettings(), { CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' });
  const lonely = new SchemaMigrator(new CassandraSession(nowhere, { keyspace: null }), nowhere);
  await expect(lonely.status()).rejects.toThrow(/127\.0\.0\.1:1.*CASSANDRA_CONTACT_POINTS/);
});
