import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { hasJars } from './machine/jar-cache';
import { commandLineOf, identityOf } from './machine/process-identity';
import { type ProcessRecord } from './machine/server-process';

const REPOSITORY_ROOT = join(__dirname, '../../..');
const SERVERS = ['kafka', 'redis'];

/** The commands as a user runs them, on a stack of its own with the two servers that start fastest. */
describe('npm run stack', () => {
  const parent = mkdtempSync(join(tmpdir(), 'scorekeep-stack-'));
  const folder = join(parent, 'stack');

  const begin = (command: string, servers: readonly string[] = SERVERS): ChildProcess =>
    spawn(process.execPath, ['tools/bootstrap.js', 'tools/stack/src/main.ts', command], {
      cwd: REPOSITORY_ROOT,
      env: { ...process.env, SCOREKEEP_STACK_DIR: folder, SCOREKEEP_STACK_SERVERS: servers.join(',') },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const run = async (command: string, servers: readonly string[] = SERVERS) => {
    const child = begin(command, servers);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, stdout, stderr };
  };

  /** Kills a start with all the commands it has called, once it has said these words. */
  const killWhenItSays = async (words: string, servers: readonly string[]) => {
    const child = begin('start', servers);
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes(words) && child.pid) process.kill(-child.pid, 'SIGKILL');
    });
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
  };

  const pidFile = (server: string) => join(folder, 'run', `${server}.pid.json`);
  const recordOf = (server: string) => JSON.parse(readFileSync(pidFile(server), 'utf8')) as ProcessRecord;
  const recordedPids = () => SERVERS.map((server) => recordOf(server).pid).sort();
  const redisUrl = async () => /^REDIS_URL=(.*)$/m.exec((await run('env')).stdout)?.[1] ?? '';
  const withRedis = async <T>(use: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(await redisUrl());
    return use(redis).finally(() => redis.disconnect());
  };
  /** Every process of the machine that was given a path of this stack. */
  const runningPids = () =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => identityOf(pid) && commandLineOf(pid).some((part) => part.includes(folder)))
      .sort();

  afterAll(async () => {
    await run('wipe');
    rmSync(parent, { recursive: true, force: true });
  });

  it('has nothing to tell before the first start', async () => {
    expect(await run('env')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('npm run stack') as string,
    });
    expect(await run('status')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('stopped') as string });
  });

  it('started twice at once gives one stack', async () => {
    const starts = await Promise.all([run('start'), run('start')]);
    expect(starts.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(starts.filter(({ stderr }) => stderr.includes('Waiting for process'))).toHaveLength(1);
    expect(runningPids()).toEqual(recordedPids());
    expect(await run('status')).toMatchObject({ exitCode: 0 });
  });

  it('prints the settings and nothing else', async () => {
    const { exitCode, stdout } = await run('env');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^KAFKA_BROKERS=127\.0\.0\.1:\d+\nREDIS_URL=redis:\/\/127\.0\.0\.1:\d+\n$/);
  });

  it.each(SERVERS)('starts %s again after it was killed, and leaves the other one running', async (server) => {
    await withRedis((redis) => redis.set('kept', server));
    const before = Object.fromEntries(SERVERS.map((name) => [name, recordOf(name).pid]));
    process.kill(before[server] ?? 0, 'SIGKILL');
    while (identityOf(before[server] ?? 0)) await sleep(10);
    expect((await run('status')).exitCode).toBe(1);
    expect((await run('start')).exitCode).toBe(0);
    const changed = SERVERS.filter((name) => recordOf(name).pid !== before[name]);
    expect(changed).toEqual([server]);
    expect(await withRedis((redis) => redis.get('kept'))).toBe(server);
  });

  it('stops what it started, and keeps ports and data', async () => {
    const settings = (await run('env')).stdout;
    expect((await run('stop')).exitCode).toBe(0);
    expect(runningPids()).toEqual([]);
    expect((await run('env')).stdout).toBe(settings);
    expect((await run('stop')).exitCode).toBe(0);
    expect((await run('start', ['redis'])).exitCode).toBe(0);
    expect(await withRedis((redis) => redis.get('kept'))).toBe('redis');
  });

  it('leaves a stranger alone that now has the number of a server', async () => {
    const command = recordOf('redis').command;
    await run('stop');
    const stranger = spawn('sleep', ['300'], { stdio: 'ignore' });
    const identity = identityOf(stranger.pid ?? 0);
    for (const startTicks of ['1', identity?.startTicks]) {
      writeFileSync(pidFile('redis'), JSON.stringify({ ...identity, startTicks, command }));
      expect((await run('stop')).exitCode).toBe(0);
      expect(identityOf(stranger.pid ?? 0)).toEqual(identity);
    }
    stranger.kill();
  });

  it('takes another port when somebody else has taken its own', async () => {
    const before = new URL(await redisUrl());
    const thief = createServer().listen(Number(before.port), '127.0.0.1');
    await once(thief, 'listening');
    expect((await run('start', ['redis'])).exitCode).toBe(0);
    expect(new URL(await redisUrl()).port).not.toBe(before.port);
    thief.close();
  });

  it('wipes all data and no jars', async () => {
    expect((await run('wipe')).exitCode).toBe(0);
    expect(runningPids()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    expect(hasJars('kafka')).toBe(true);
  });

  it.each([
    { words: 'Starting', servers: ['redis'], moment: 'before its only server runs' },
    { words: 'Redis answers', servers: SERVERS, moment: 'while Kafka still formats its storage' },
  ])('starts whole on an empty folder after a start that was killed $moment', async ({ words, servers }) => {
    await killWhenItSays(words, servers);
    expect((await run('start', servers)).exitCode).toBe(0);
    expect(runningPids()).toEqual(servers.map((server) => recordOf(server).pid).sort());
    await run('wipe');
  });

  it('names what it does not know', async () => {
    expect(await run('restart')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Usage') as string });
  });
});
