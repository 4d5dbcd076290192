import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';

const root = resolve(__dirname, '../../..');
const suffix = randomBytes(4).toString('hex');
const keyspaces = (name: string) => ({
  CASSANDRA_KEYSPACE: `test_migrator_${name}_${suffix}`,
  CASSANDRA_HIERARCHY_KEYSPACE: `test_migrator_${name}_h_${suffix}`,
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the app as a process. @param watch called with the process whenever it says something on stderr */
function migrate(
  args: string,
  environment: Record<string, string>,
  watch: (child: ChildProcess, stderr: string) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'dist/apps/migrator/main.js'), ...args.split(' ')], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    watch(child, stderr);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

const json = ({ stdout }: Ended): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

afterAll(async () => {
  const settings = new CassandraSettings();
  settings.CASSANDRA_CONTACT_POINTS = process.env['CASSANDRA_CONTACT_POINTS'] ?? settings.CASSANDRA_CONTACT_POINTS;
  const session = new CassandraSession(settings, { keyspace: null });
  await session.connect();
  for (const name of ['plain', 'killed'].flatMap((each) => Object.values(keyspaces(each)))) {
    await session.ddl(`DROP KEYSPACE IF EXISTS ${name}`);
  }
  await session.close();
});

describe('migrator schema', () => {
  const environment = keyspaces('plain');

  it('goes from nothing to up to date, and says what it did', async () => {
    const planned = await migrate('schema up --dry-run', environment);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout).toContain(`CREATE KEYSPACE IF NOT EXISTS ${environment.CASSANDRA_KEYSPACE}`);

    const before = await migrate('schema status --json', environment);
    expect(before.code).toBe(0);
    expect(json(before)).toMatchObject({ upToDate: false });

    const up = await migrate('schema up --json', environment);
    expect(up.code).toBe(0);
    expect(json(up)).toMatchObject({ dryRun: false, notes: [] });
    expect(up.stderr).toContain(`CREATE TABLE IF NOT EXISTS ${environment.CASSANDRA_KEYSPACE}.assessment_raw`);

    const after = await migrate('schema status --json', environment);
    expect(after.code).toBe(0);
    expect(json(after)).toMatchObject({ upToDate: true });

    expect(await migrate('schema up', environment)).toEqual({
      code: 0,
      stdout: 'Nothing to do: the schema is up to date.\n',
      stderr: '',
    });
  });

  it('killed in the middle, the next run completes when the lease of the first has run out', async () => {
    const killed = await migrate('schema up', keyspaces('killed'), (child, stderr) => {
      if (stderr.includes('CREATE TYPE')) child.kill('SIGKILL');
    });
    expect(killed).toMatchObject({ code: null, stdout: '' });
    const next = await migrate('schema up --json', keyspaces('killed'));
    expect(next.code).toBe(0);
    expect(next.stderr).toContain('which is changing the schema');
    expect(json(await migrate('schema status --json', keyspaces('killed')))).toMatchObject({ upToDate: true });
  });
});

it('migrator topics creates what is missing, once', async () => {
  const environment = { KAFKA_TOPIC_PREFIX: `test-migrator-${suffix}`, KAFKA_TOPIC_PARTITIONS: '2' };
  const planned = await migrate('topics --dry-run --json', environment);
  expect(planned.code).toBe(0);
  const { created } = json(planned) as { created: string[] };
  expect(created).toContain(`test-migrator-${suffix}.telemetry.assess`);

  const first = await migrate('topics --json', environment);
  expect(first.code).toBe(0);
  expect(json(first)).toEqual({ dryRun: false, created, existing: [], partitions: 2 });

  const second = await migrate('topics --json', environment);
  expect(second.code).toBe(0);
  expect(json(second)).toEqual({ dryRun: false, created: [], existing: created, partitions: 2 });
});

describe('what goes wrong is said, and told by the exit code', () => {
  it('no Cassandra: the address and the setting', async () => {
    const { code, stdout, stderr } = await migrate('schema up', { CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Cassandra does not answer at 127\.0\.0\.1:1: .*CASSANDRA_CONTACT_POINTS/m);
  });

  it('no Kafka: the address and the setting', async () => {
    const { code, stdout, stderr } = await migrate('topics', { KAFKA_BROKERS: '127.0.0.1:1' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/error: .*127\.0\.0\.1:1.*KAFKA_BROKERS/);
  });

  it('bad settings: all of them', async () => {
    const bad = { CASSANDRA_CONTACT_POINTS: 'nowhere', CASSANDRA_PASSWORD: 'secret', KAFKA_TOPIC_PARTITIONS: 'many' };
    const { code, stderr } = await migrate('schema status', bad);
    expect(code).toBe(78);
    for (const name of ['CASSANDRA_CONTACT_POINTS', 'CASSANDRA_USERNAME', 'KAFKA_TOPIC_PARTITIONS']) {
      expect(stderr).toContain(name);
    }
    expect(stderr).not.toContain('secret');
  });

  it.each(['schema', 'schema down'])('bad usage: %s', async (args) => {
    const { code, stdout } = await migrate(args, {});
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
