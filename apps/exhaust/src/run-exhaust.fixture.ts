import { spawn } from 'node:child_process';
import { join } from 'node:path';

const repository = join(__dirname, '../../..');

/** How a run of the app ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** No file may grow beyond this: stands for a full disk. */
  readonly maxFileKilobytes?: number;
  /** Called when the process was started, with a function that sends it Ctrl-C. */
  readonly whileRunning?: (interrupt: () => void) => void;
}

/** The app as a process, with no other settings than these. */
export function runExhaust(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { maxFileKilobytes, whileRunning }: RunOptions = {},
): Promise<Run> {
  const node = [process.execPath, join(repository, 'dist/apps/exhaust/main.js'), ...args];
  const limited = ['-c', `ulimit -f ${maxFileKilobytes}; exec "$@"`, 'bash', ...node];
  const [command = '', ...words] = maxFileKilobytes === undefined ? node : ['/bin/bash', ...limited];
  const child = spawn(command, words, {
    cwd: repository,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  whileRunning?.(() => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}
