import { readFileSync } from 'node:fs';

/** What a process has used since it started. */
export interface ProcessUsage {
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** The most memory it ever had, MB. */
  readonly peakRssMb: number;
}

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICK_MS = 10;

/** @returns undefined when the process has ended. Linux only. */
export function usageOf(pid: number): ProcessUsage | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1];
  if (stat === '' || peak === undefined) return undefined;
  // the program's name, in parentheses, may hold spaces: fields are counted behind it
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, peakRssMb: Number(peak) / 1024 };
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
