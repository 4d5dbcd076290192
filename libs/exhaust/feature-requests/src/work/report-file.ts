import { type ReportRequest } from '@scorekeep/core/domain-exhaust';

const WORDS: Readonly<Record<ReportRequest['dataset'], string>> = {
  'response-exhaust': 'response',
  'progress-exhaust': 'progress',
};

/** Where a report lies, and what it is called. */
export interface ReportPlace {
  /** Key in the store. */
  readonly key: string;
  /** What the file is called, in the zip when there is one. */
  readonly fileName: string;
}

/**
 * `<prefix>/<dataset>/<requestId>/<run>/<batchId>_<response|progress>_<yyyyMMdd>.<format>`; an encrypted one ends in
 * `.zip` instead. Each run has a folder of its own, so that a worker that was given up for dead overwrites nothing.
 *
 * @param date `yyyyMMdd`
 */
export function reportPlace(
  { dataset, requestId, run, format, password }: ReportRequest,
  batchId: string,
  { prefix, date }: { readonly prefix: string; readonly date: string },
): ReportPlace {
  const stem = `${encodeURIComponent(batchId)}_${WORDS[dataset]}_${date}`;
  const ending = password === null ? format : 'zip';
  return {
    key: `${prefix}/${dataset}/${requestId}/${run}/${stem}.${ending}`,
    fileName: `${stem}.${format}`,
  };
}

/** The day on the clocks of a zone, `yyyyMMdd`. @param timeZone an IANA name */
export function dayOf(timeMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(timeMs).replaceAll('-', '');
}
