import { spawn } from 'node:child_process';

/** Runs a program with our output streams and waits for its end. @returns its exit code; 1 when a signal ended it */
export async function runProgram(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
