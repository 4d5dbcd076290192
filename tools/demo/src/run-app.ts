import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type DemoWorld } from './demo-world';

const ROOT = resolve(__dirname, '../../..');

/** Apps find no settings but the demo's: whatever the caller's environment holds stays out. */
function environmentOf(world: DemoWorld): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...world.environment };
}

function start(app: string, args: readonly string[], world: DemoWorld): ChildProcess {
  const main = resolve(ROOT, 'dist/apps', app, 'main.js');
  return spawn(process.execPath, [main, ...args], { env: environmentOf(world), stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * Runs a command of a built app to its end.
 *
 * @returns the JSON object that it printed last
 * @throws Error with what it said when it failed
 */
export async function runApp<T>(app: string, args: readonly string[], world: DemoWorld): Promise<T> {
  const child = start(app, [...args, '--json'], world);
  const [output, complaints] = [textOf(child.stdout), textOf(child.stderr)];
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  const said = await complaints;
  if (code !== 0) throw new Error(`${app} ${args.join(' ')} ended with ${code}:\n${said}${await output}`);
  const lastLine = (await output).trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(lastLine) as T;
}

/** A service of a built app, up to its end by SIGTERM. */
export interface RunningApp {
  /** @throws Error when it did not end with 0 */
  stop(): Promise<void>;
}

/** Starts a service and waits until `isUp` gives true. */
export async function startService(
  app: string,
  world: DemoWorld,
  isUp: () => Promise<boolean>,
  args: readonly string[] = [],
): Promise<RunningApp> {
  const child = start(app, args, world);
  const said = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for (let tries = 0; !(await isUp()); tries += 1) {
    if (child.exitCode !== null || tries > 300) {
      child.kill('SIGKILL');
      throw new Error(`${app} did not come up:\n${(await said).join('')}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new Error(`${app} ended with ${code}:\n${(await said).join('')}`);
    },
  };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
