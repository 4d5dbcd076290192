import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');

/** Runs the sample app as a real process; sends the signals when it has said the words. */
function runSample(args: string[], words?: string, signals: NodeJS.Signals[] = []) {
  const main = join(__dirname, 'fixtures/sample-main.ts');
  const child = spawn(process.execPath, ['-r', '@swc-node/register', main, ...args], {
    cwd: root,
    env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.base.json') },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
    if (words !== undefined && said.stdout.includes(words)) signals.splice(0).forEach((signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) =>
    child.on('close', (code) => done({ code, ...said })),
  );
}

// Each starts a process that compiles itself.
jest.setTimeout(60_000);

describe('an app as a process', () => {
  it('prints its result and exits 0', async () => {
    expect(await runSample(['copy', 'a', '--json'])).toEqual({
      code: 0,
      stdout: '{"file":"a","count":3,"format":"plain"}\n',
      stderr: 'copied 3 of 3 (100 %)\n',
    });
  });

  it('exits 78 on bad settings', async () => {
    expect(await runSample(['copy', 'badly'])).toMatchObject({ code: 78, stdout: '' });
  });

  it('exits 130 on Ctrl-C', async () => {
    expect(await runSample(['wait'], 'waiting', ['SIGINT'])).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('interrupted by SIGINT') as string,
    });
  });

  it('as a service exits 0 on SIGTERM', async () => {
    const { code, stdout } = await runSample(['serve'], 'serving', ['SIGTERM']);
    expect(code).toBe(0);
    expect(stdout).toContain('"message":"stopped"');
  });
});
