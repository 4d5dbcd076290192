import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from './process-identity';
import { isSameProcess, launch, type ProcessRecord, runningProcess, stopProcess } from './server-process';

describe('a server process', () => {
  let folder: string;
  let pidFile: string;
  let logFile: string;
  const launchCommand = (...command: string[]) => launch({ command, pidFile, logFile, folder });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scorekeep-process-'));
    pidFile = join(folder, 'run/server.pid.json');
    logFile = join(folder, 'logs/server.log');
  });

  afterEach(async () => {
    await stopProcess(pidFile);
    rmSync(folder, { recursive: true });
  });

  it('is known by its pid file until it is stopped', async () => {
    const record = await launchCommand('sleep', '60');
    expect(runningProcess(pidFile)).toEqual(record);
    expect(await stopProcess(pidFile)).toBe('stopped');
    expect(identityOf(record.pid)).toBeUndefined();
    expect(runningProcess(pidFile)).toBeUndefined();
    expect(await stopProcess(pidFile)).toBe('not running');
  });

  it('leaves what it says in its log, and the log of the run before beside it', async () => {
    for (const word of ['first', 'second']) {
      const record = await launchCommand('sh', '-c', `echo ${word}`);
      // not by its command line, which is empty for an instant while the shell becomes the program
      while (identityOf(record.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(readFileSync(logFile, 'utf8')).toBe('second\n');
    expect(readFileSync(join(folder, 'logs/server.previous.log'), 'utf8')).toBe('first\n');
  });

  it.each<{ difference: string; change: Partial<ProcessRecord> }>([
    { difference: 'another start time', change: { startTicks: '1' } },
    { difference: 'another boot', change: { bootId: 'another' } },
    { difference: 'another command line', change: { command: ['sleep', '61'] } },
    { difference: 'a longer command line', change: { command: ['nice', 'sleep', '60'] } },
  ])('with $difference is a stranger, and is not stopped', async ({ change }) => {
    const record = await launchCommand('sleep', '60');
    writeFileSync(pidFile, JSON.stringify({ ...record, ...change }));
    expect(runningProcess(pidFile)).toBeUndefined();
    expect(await stopProcess(pidFile)).toBe('not running');
    expect(existsSync(pidFile)).toBe(false);
    expect(isSameProcess(record)).toBe(true);
    process.kill(record.pid);
  });

  it.each(['', '4711', 'null', '{"pid":'])('is not found in a pid file that says "%s"', async (text) => {
    await launchCommand('true');
    writeFileSync(pidFile, text);
    expect(runningProcess(pidFile)).toBeUndefined();
  });
});
