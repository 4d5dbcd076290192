import { pause } from './pause';
import { SchemaLock } from './schema-lock';
import { type TestKeyspaces, SchemaTestBed, smallVersions } from './testing/schema-test-bed';

const bed = new SchemaTestBed(process.env['CASSANDRA_CONTACT_POINTS']);
const quiet = { say: () => undefined };
const small = { versions: smallVersions };

/** Keyspaces with the tables that versions and the lock are kept in, and nothing else. */
async function preparedKeyspaces(): Promise<TestKeyspaces> {
  const names = bed.freshKeyspaces();
  await bed.migrator(names, { versions: [] }).apply(quiet);
  return names;
}

const takeLock = ({ courses }: TestKeyspaces, holder: string, seconds: number) =>
  bed.session.compareAndSet(
    {
      cql: `INSERT INTO ${courses}.scorekeep_schema_lock (name, holder) VALUES ('schema', ?) IF NOT EXISTS USING TTL ?`,
      idempotent: false,
    },
    [holder, seconds],
  );

beforeAll(() => bed.session.connect());
afterAll(() => bed.close());

describe('several at once', () => {
  it('one works, the others find nothing to do', async () => {
    const names = bed.freshKeyspaces();
    const sessions = [1, 2, 3].map(() => bed.newSession());
    const reports = await Promise.all(sessions.map((session) => bed.migrator(names, small, session).apply(quiet)));
    await Promise.all(sessions.map((session) => session.close()));
    expect((await bed.migrator(names, small).status()).upToDate).toBe(true);
    const executed = reports.flatMap(({ changes }) => changes.flatMap(({ statements }) => statements));
    expect(executed).toHaveLength(5);
    expect(new Set(executed).size).toBe(5);
  });

  it('the lock of a process that was killed is taken over when its lease has run out', async () => {
    const names = await preparedKeyspaces();
    await takeLock(names, 'dead', 2);
    const said: string[] = [];
    const report = await bed.migrator(names, small).apply({ say: (line) => void said.push(line) });
    expect(said[0]).toBe('waiting for dead, which is changing the schema');
    expect(report.changes).toHaveLength(smallVersions.length);
  });

  it('a lease is renewed for as long as the work lasts, and given back', async () => {
    const names = await preparedKeyspaces();
    const lock = new SchemaLock(bed.session, names.courses, { holder: 'me', leaseSeconds: 6, patienceMs: 1 });
    const outcome = await lock.hold(quiet, async (stillHeld) => {
      await pause(8_000);
      await stillHeld();
      return takeLock(names, 'other', 6);
    });
    expect(outcome).toEqual({ applied: false, row: { name: 'schema', holder: 'me' } });
    expect(await takeLock(names, 'next', 6)).toEqual({ applied: true });
  });

  it('waiting ends when patience does', async () => {
    const names = await preparedKeyspaces();
    await takeLock(names, 'busy', 60);
    const refusal = { code: 'SCHEMA.LOCKED', retryable: true, context: { holder: 'busy' } };
    await expect(bed.migrator(names, { ...small, lockPatienceMs: 1 }).apply(quiet)).rejects.toMatchObject(refusal);
  });

  it('waiting ends when it is interrupted', async () => {
    const names = await preparedKeyspaces();
    await takeLock(names, 'busy', 60);
    const controller = new AbortController();
    const say = () => controller.abort(new Error('interrupted'));
    await expect(bed.migrator(names, small).apply({ say, signal: controller.signal })).rejects.toThrow('interrupted');
  });

  it('who lost the lock changes nothing more', async () => {
    const names = await preparedKeyspaces();
    const said: string[] = [];
    const stolen: Promise<unknown>[] = [];
    const steal = {
      cql: `UPDATE ${names.courses}.scorekeep_schema_lock SET holder = 'thief' WHERE name = 'schema' IF EXISTS`,
      idempotent: false,
    };
    const say = (line: string) => {
      if (said.push(line) === 1) stolen.push(bed.session.compareAndSet(steal, []));
    };
    await expect(bed.migrator(names, small).apply({ say })).rejects.toMatchObject({ code: 'SCHEMA.LOCK_LOST' });
    await Promise.all(stolen);
    expect(await bed.columnsOf(names.courses, 't')).not.toHaveProperty('d');
  });
});

describe('after a stop in the middle', () => {
  it.each([1, 2, 4, 6, 7])('before statement %i, the next run completes', async (stopBefore) => {
    const names = bed.freshKeyspaces();
    const controller = new AbortController();
    let statements = 0;
    const say = () => {
      if (++statements === stopBefore) controller.abort(new Error('stopped'));
    };
    const stopped = bed.migrator(names, small).apply({ say, signal: controller.signal });
    await expect(stopped).rejects.toThrow('stopped');
    expect((await bed.migrator(names, small).status()).upToDate).toBe(false);
    await bed.migrator(names, small).apply(quiet);
    expect((await bed.migrator(names, small).status()).upToDate).toBe(true);
  });

  it('a version whose statements were executed, but which was not recorded, is recorded', async () => {
    const names = bed.freshKeyspaces();
    await bed.migrator(names, small).apply(quiet);
    await bed.write(`DELETE FROM ${names.courses}.scorekeep_schema_version WHERE track = 'scorekeep' AND version = 2`);
    const { changes } = await bed.migrator(names, small).apply(quiet);
    expect(changes).toEqual([{ version: 2, name: 'wider', statements: [] }]);
    expect((await bed.migrator(names, small).status()).upToDate).toBe(true);
  });
});
