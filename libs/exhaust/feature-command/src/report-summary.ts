import { type ProducedReport } from '@scorekeep/core/domain-exhaust';

/** What a report was asked for, and how long it took. */
export interface ReportRun {
  readonly batchId: string;
  readonly collectionId: string | undefined;
  readonly file: string;
  readonly format: string;
  readonly elapsedMs: number;
}

/** The summary for scripts. */
export function summaryOf({ bytes, learners, rows, details }: ProducedReport, { elapsedMs, ...run }: ReportRun) {
  return {
    ...run,
    learners,
    rows,
    ...details,
    seconds: Math.round(elapsedMs / 100) / 10,
    megabytes: Math.round(bytes / 1000) / 1000,
  };
}

/** The summary for people, as one row of a table: `rowsFromArchive` is titled `rows from archive`. */
export function summaryRow({ bytes, learners, rows, details }: ProducedReport, { elapsedMs }: ReportRun) {
  const named = Object.entries(details ?? {}).map(([name, count]) => [wordsOf(name), count] as const);
  return {
    learners,
    ...Object.fromEntries(named),
    rows,
    seconds: Math.round(elapsedMs / 100) / 10,
    MB: Math.round(bytes / 1000) / 1000,
  };
}

function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
