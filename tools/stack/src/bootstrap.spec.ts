import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCKFILE = {
  packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } },
};

/** Stands in for npm: notes each call, takes its time, and installs what makes the next command run. */
const NPM = `#!/bin/sh
echo "$@" >> npm-calls
echo noise
sleep 0.3
mkdir -p node_modules/@swc-node
touch node_modules/@swc-node/register.js
cp "\${LEAVES:-package-lock.json}" node_modules/.package-lock.json
exit \${NPM_EXIT:-0}
`;

/** tools/bootstrap.js in a repository of its own, with a program that is plain JavaScript under a TypeScript name. */
describe('tools/bootstrap.js', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'scorekeep-bootstrap-'));
    for (const folder of ['tools', 'bin']) mkdirSync(join(root, folder));
    copyFileSync(join(__dirname, '../../bootstrap.js'), join(root, 'tools/bootstrap.js'));
    writeFileSync(join(root, 'bin/npm'), NPM, { mode: 0o755 });
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(LOCKFILE));
    write('program.ts', 'console.log(process.argv.slice(2).join()); process.exit(7)');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  const npmCalls = () =>
    existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8').split('\n').length - 1 : 0;
  const begin = (parameters: string[], environment: NodeJS.ProcessEnv = {}) =>
    spawn(process.execPath, [join(root, 'tools/bootstrap.js'), ...parameters], {
      env: { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}`, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (parameters: string[] = ['program.ts', 'one', 'two'], environment: NodeJS.ProcessEnv = {}) => {
    const child = begin(parameters, environment);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { exitCode, stdout, stderr };
  };

  it('installs once, then runs the program with stdout, arguments and exit code of its own', async () => {
    expect(await run()).toMatchObject({
      exitCode: 7,
      stdout: 'one,two\n',
      stderr: expect.stringContaining('noise') as string,
    });
    expect(await run()).toEqual({ exitCode: 7, stdout: 'one,two\n', stderr: '' });
    expect(npmCalls()).toBe(1);
  });

  it('installs once for commands that run at once', async () => {
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.map(({ exitCode, stdout }) => `${exitCode} ${stdout}`)).toEqual(Array(3).fill('7 one,two\n'));
    expect(npmCalls()).toBe(1);
  });

  it.each([
    { change: 'another version', packages: { ...LOCKFILE.packages, 'node_modules/a': { version: '1.0.1' } }, calls: 2 },
    {
      change: 'one package more',
      packages: { ...LOCKFILE.packages, 'node_modules/c': { version: '1.0.0' } },
      calls: 2,
    },
    {
      change: 'one more that is for other platforms',
      packages: { ...LOCKFILE.packages, 'node_modules/c': { version: '1.0.0', optional: true } },
      calls: 1,
    },
  ])('after $change in the lockfile npm was called $calls times', async ({ packages, calls }) => {
    await run();
    write('package-lock.json', JSON.stringify({ packages }));
    expect((await run()).exitCode).toBe(7);
    expect(npmCalls()).toBe(calls);
  });

  it('does not run the program when npm fails', async () => {
    expect(await run(['program.ts'], { NPM_EXIT: '3' })).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('npm ci failed') as string,
    });
  });

  it('does not run the program on packages that are not those of the lockfile', async () => {
    write('other.json', JSON.stringify({ packages: {} }));
    expect(await run(['program.ts'], { LEAVES: 'other.json' })).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it('takes npm along when it is killed, and the next command installs', async () => {
    const child = begin(['program.ts']);
    await once(child.stderr, 'data');
    while (npmCalls() === 0) await sleep(10);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
    expect(await run()).toMatchObject({ exitCode: 7, stdout: 'one,two\n' });
    expect(npmCalls()).toBe(2);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'passes %s on and waits for the end that the program chooses',
    async (signal) => {
      write(
        'service.ts',
        `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')`,
      );
      const child = begin(['service.ts']);
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([5, null]);
    },
  );

  it('reports the end of a program that a signal ended', async () => {
    write('killed.ts', "process.kill(process.pid, 'SIGKILL')");
    expect((await run(['killed.ts'])).exitCode).toBe(128 + 9);
  });

  it('wants a file', async () => {
    expect(await run([])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Usage') as string });
  });
});
