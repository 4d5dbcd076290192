import { readFileSync } from 'node:fs';

/** One process for good: numbers come round again, a number with its start time since that boot does not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot, as the kernel prints them. */
  readonly startTicks: string;
  readonly bootId: string;
}

/** The process with this number as it is now; undefined when there is none, or only its unreaped remains. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  const parsed = stat === undefined ? undefined : parseStat(stat);
  if (!parsed || parsed.state === 'Z' || parsed.state === 'X') return undefined;
  return { pid, startTicks: parsed.startTicks, bootId: bootId() };
}

/** Arguments of a process, the program first; empty when it is gone. */
export function commandLineOf(pid: number): string[] {
  return parseCommandLine(readOrUndefined(`/proc/${pid}/cmdline`) ?? '');
}

/**
 * State and start time out of a line of /proc/<pid>/stat. The program's name stands in parentheses and may itself
 * contain blanks and parentheses, so fields are counted from the last one.
 */
export function parseStat(line: string): { state: string; startTicks: string } | undefined {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state && startTicks ? { state, startTicks } : undefined;
}

/** /proc/<pid>/cmdline: every argument ends with a zero byte, empty ones too. */
export function parseCommandLine(text: string): string[] {
  return text.split('\0').slice(0, -1);
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // the process ended, perhaps between two reads
    return undefined;
  }
}
