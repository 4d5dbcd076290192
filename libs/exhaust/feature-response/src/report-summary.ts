import { type ResponseReport } from './produce-response-report.use-case';

/** What a report was asked for, and how long it took. */
export interface ReportRun {
  readonly batchId: string;
  readonly collectionId: string | undefined;
  readonly file: string;
  readonly format: string;
  readonly elapsedMs: number;
}

/** The summary for scripts. */
export function summaryOf(report: ResponseReport, { elapsedMs, ...run }: ReportRun) {
  const { bytes, ...figures } = report;
  return {
    ...run,
    ...figures,
    seconds: Math.round(elapsedMs / 100) / 10,
    megabytes: Math.round(bytes / 1000) / 1000,
  };
}

/** The summary for people, as one row of a table. */
export function summaryRow(report: ResponseReport, run: ReportRun) {
  const summary = summaryOf(report, run);
  return {
    learners: summary.learners,
    attempts: summary.attempts,
    questions: summary.questions,
    'rows from archive': summary.rowsFromArchive,
    'rows from table': summary.rowsFromTable,
    seconds: summary.seconds,
    MB: summary.megabytes,
  };
}

/** What a reader of the report should know, in sentences; none when there is nothing unusual. */
export function remarksOn(report: ResponseReport, { batchId }: ReportRun): string[] {
  const { attempts, attemptsLeftOut } = report;
  const left = `${attemptsLeftOut} ${attemptsLeftOut === 1 ? 'attempt' : 'attempts'} of learners who are not actively enrolled`;
  const remarks: string[] = [];
  if (attempts + attemptsLeftOut === 0) remarks.push(`batch ${batchId} has no answers: the file holds the header only`);
  else if (attempts === 0)
    remarks.push(`the file holds the header only: all there is are ${left} (--include-unenrolled)`);
  else if (attemptsLeftOut > 0) remarks.push(`left out: ${left} (--include-unenrolled)`);
  return remarks;
}
