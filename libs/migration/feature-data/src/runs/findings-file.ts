import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One line of a findings file; the unit of work that found it comes with it. */
export type Finding = Readonly<Record<string, unknown>>;

/**
 * Findings as lines of JSON. What a unit found is appended before the unit is recorded as done; lines of a unit that
 * never was are removed when the run goes on, so that every finding stands there once, whenever the process died.
 */
export class FindingsFile {
  constructor(private readonly path: string) {}

  /** @param finished units of this run that are done; empty: a new run, and an empty file */
  begin(finished: ReadonlySet<string>): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const lines = finished.size > 0 && existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n') : [];
    writeFileSync(
      this.path,
      lines
        .filter((line) => isOf(line, finished))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  append(unit: string, findings: readonly Finding[]): void {
    if (findings.length === 0) return;
    const file = openSync(this.path, 'a');
    try {
      appendFileSync(file, findings.map((finding) => `${JSON.stringify({ ...finding, unit })}\n`).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

/** A line that a killed process wrote in part is none of a unit that was done. */
function isOf(line: string, units: ReadonlySet<string>): boolean {
  try {
    return units.has((JSON.parse(line) as { readonly unit: string }).unit);
  } catch {
    return false;
  }
}
