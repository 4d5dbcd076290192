import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildableApps, readCommit, versionOf } from '../../build/src';

const root = resolve(__dirname, '../../..');
const folders: string[] = [];

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-'));
  folders.push(folder);
  return folder;
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Nothing of the repository's npm, which the tests run under. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

describe.each(buildableApps(root))('dist/apps/%s, copied to an empty folder', (app) => {
  const folder = emptyFolder();
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: folder, env: environment, encoding: 'utf8' });

  beforeAll(() => cpSync(join(root, 'dist/apps', app), folder, { recursive: true }));

  it('is installed by npm ci, and says which version and commit it is', () => {
    const installed = run('npm', 'ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund');
    expect({ status: installed.status, stderr: installed.stderr }).toMatchObject({ status: 0 });
    expect(run(process.execPath, 'main.js', '--version')).toMatchObject({
      status: 0,
      stdout: `${versionOf(root, app)} (${readCommit(root)})\n`,
    });
  });

  it('has every package that any of its files needs', () => {
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
      /^(apps|libs)\/.*(?<!\/main)\.js$/.test(file),
    );
    expect(files.length).toBeGreaterThan(50);
    const script = `require('reflect-metadata'); ${JSON.stringify(files)}.forEach((file) => require('./' + file))`;
    expect(run(process.execPath, '-e', script)).toMatchObject({ status: 0, stderr: '' });
  });

  it('comes with a lockfile that names exact versions and no registry', () => {
    const text = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    expect(text).not.toMatch(/"resolved":|https?:\/\/registry/);
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
  });
});

describe('what is loaded', () => {
  const closedPort = '127.0.0.1:1';
  const heavy =
    /^(@aws-sdk|@smithy|@azure|@google-cloud|@duckdb|@zip\.js)\/|^(swagger-ui-dist|pino-pretty|cli-table3|cli-progress)$/;
  const words = /^(nest-commander|inquirer|ioredis)$/;

  /** Runs the built app without servers until it says that there are none, or ends. */
  async function loadedBy(app: string, args: string[], settings: Record<string, string> = {}): Promise<string[]> {
    const file = join(emptyFolder(), 'loaded.json');
    const main = join(root, 'dist/apps', app, 'main.js');
    const child = spawn(process.execPath, ['-r', join(__dirname, 'loaded-packages.fixture.js'), main, ...args], {
      env: {
        PATH: process.env['PATH'],
        LOADED_PACKAGES_FILE: file,
        HTTP_PORT: '0',
        CASSANDRA_CONTACT_POINTS: closedPort,
        KAFKA_BROKERS: closedPort,
        ...settings,
      },
    });
    const onSaid = (said: Buffer): void => void (/trying again/.test(said.toString()) && child.kill('SIGTERM'));
    child.stdout.on('data', onSaid);
    child.stderr.on('data', onSaid);
    await new Promise((done) => child.once('close', done));
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  }

  it('by the ingest until it first asks for its servers: no SDK, nothing of the command line, no Redis', async () => {
    const loaded = await loadedBy('ingest', []);
    expect(loaded).toContain('cassandra-driver');
    expect(loaded.filter((name) => heavy.test(name) || words.test(name))).toEqual([]);
  });

  it.each(buildableApps(root))('by %s --version: no SDK', async (app) => {
    expect((await loadedBy(app, ['--version'])).filter((name) => heavy.test(name))).toEqual([]);
  });

  it.each([
    ['local', {}, []],
    ['s3', { S3_ENDPOINT: `http://${closedPort}` }, ['@aws-sdk/client-s3']],
  ])('by the archiver with STORAGE_PROVIDER=%s: that SDK and no other', async (provider, settings, expected) => {
    const loaded = await loadedBy('archiver', ['status', '--json'], {
      STORAGE_PROVIDER: provider,
      STORAGE_BUCKET: 'none',
      ...settings,
    });
    const sdks = /^@aws-sdk\/client-s3$|^@azure\/storage|^@google-cloud\/|^@duckdb\/|^@zip\.js\//;
    expect(loaded).toContain('cassandra-driver');
    expect(loaded.filter((name) => sdks.test(name))).toEqual(expected);
  });
});
