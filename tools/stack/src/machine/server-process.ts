import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@scorekeep/platform/util-errors';
import { commandLineOf, identityOf, type ProcessIdentity } from './process-identity';

/** What is written down about a server when it is started, and compared before it is ever signalled. */
export interface ProcessRecord extends ProcessIdentity {
  readonly command: readonly string[];
}

export interface LaunchOptions {
  readonly command: readonly string[];
  readonly pidFile: string;
  readonly logFile: string;
  readonly folder: string;
}

const STOP_WAIT_MS = 20_000;
const KILL_WAIT_MS = 10_000;

/**
 * Starts a program that outlives this process; its output goes to the log, the log of the run before is kept beside it.
 *
 * The shell in between waits for a word before it becomes the server: the pid file is complete by then, and if this
 * process is killed first, the shell ends too. So no server ever runs that nobody knows of.
 */
export async function launch(options: LaunchOptions): Promise<ProcessRecord> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  if (existsSync(options.logFile)) renameSync(options.logFile, options.logFile.replace(/\.log$/, '.previous.log'));
  const log = openSync(options.logFile, 'a');
  const child = spawn('/bin/sh', ['-c', 'read -r go && exec "$@" </dev/null', 'sh', ...options.command], {
    cwd: options.folder,
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  if (!identity)
    throw new AppError('STACK.NOT_STARTED', `${options.command[0]} could not be started: see ${options.logFile}.`);
  const record: ProcessRecord = { ...identity, command: options.command };
  writeWhole(options.pidFile, JSON.stringify(record, null, 2));
  // a shell that ended already is noticed by whoever waits for the server
  child.stdin?.on('error', () => undefined);
  child.stdin?.end('go\n');
  child.unref();
  return record;
}

/** The server of a pid file, if it still runs and is the very process that was started. */
export function runningProcess(pidFile: string): ProcessRecord | undefined {
  const record = readRecord(pidFile);
  return record && isSameProcess(record) ? record : undefined;
}

/** Compares start time, boot and command line: a number alone may by now belong to somebody else. */
export function isSameProcess(record: ProcessRecord): boolean {
  const now = identityOf(record.pid);
  if (!now || now.startTicks !== record.startTicks || now.bootId !== record.bootId) return false;
  // the end, because for a moment the command line still begins with the shell that becomes the server
  const actual = commandLineOf(record.pid).slice(-record.command.length);
  return actual.length === record.command.length && actual.every((part, index) => part === record.command[index]);
}

/** Ends the server of a pid file: asks first, kills after 20 s. A stale pid file is removed and nobody is signalled. */
export async function stopProcess(pidFile: string): Promise<'stopped' | 'not running'> {
  const record = runningProcess(pidFile);
  if (
    record &&
    !(await endedAfter(record, 'SIGTERM', STOP_WAIT_MS)) &&
    !(await endedAfter(record, 'SIGKILL', KILL_WAIT_MS))
  ) {
    throw new AppError(
      'STACK.NOT_STOPPED',
      `Process ${record.pid} (${record.command[0]}) does not end, not even by SIGKILL.`,
    );
  }
  rmSync(pidFile, { force: true });
  return record ? 'stopped' : 'not running';
}

async function endedAfter(record: ProcessRecord, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  if (isSameProcess(record)) process.kill(record.pid, signal);
  const deadline = performance.now() + waitMs;
  while (isSameProcess(record)) {
    if (performance.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

/** A file that is missing, or that a crash of the machine left empty, names no process. */
function readRecord(pidFile: string): ProcessRecord | undefined {
  try {
    return (JSON.parse(readFileSync(pidFile, 'utf8')) as ProcessRecord | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A reader sees the file as it was or as it is, never half of it. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
