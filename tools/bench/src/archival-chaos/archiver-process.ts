import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type DemoWorld } from '../../../demo/src';

const MAIN = resolve(__dirname, '../../../../dist/apps/archiver/main.js');

/** How a command of the archiver ended. */
export interface EndedArchiver {
  readonly command: string;
  readonly code: number | NodeJS.Signals | null;
  readonly said: string;
}

/** @param killAfterMs then it is killed with −9, unless it has ended */
export async function runArchiver(command: string, world: DemoWorld, killAfterMs?: number): Promise<EndedArchiver> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...command.split(' '), '--json'], {
    env: { PATH, HOME, ...world.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | NodeJS.Signals | null>((done, failed) =>
    child.once('error', failed).once('close', (code, signal) => done(code ?? signal)),
  );
  const strike = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await ended;
  clearTimeout(strike);
  return { command, code, said };
}
