import { aReportRequest } from '@scorekeep/core/testing-core';
import { dayOf, reportPlace } from './report-file';

const at = { prefix: 'reports', date: '20240301' };

it.each([
  { given: {}, key: 'reports/response-exhaust/A1B2/0/batch-1_response_20240301.csv' },
  {
    given: { dataset: 'progress-exhaust', format: 'parquet', run: 7 } as const,
    key: 'reports/progress-exhaust/A1B2/7/batch-1_progress_20240301.parquet',
  },
  {
    given: { format: 'csv.gz', password: { box: 'b', digest: 'd' } } as const,
    key: 'reports/response-exhaust/A1B2/0/batch-1_response_20240301.zip',
  },
])('$key', ({ given, key }) => {
  const request = aReportRequest(given);
  const ending = given.format ?? 'csv';
  expect(reportPlace(request, 'batch-1', at)).toEqual({
    key,
    fileName: expect.stringMatching(new RegExp(`^batch-1_\\w+_20240301\\.${ending}$`)) as string,
  });
});

it.each([
  { zone: 'UTC', day: '20240229' },
  { zone: 'Asia/Kolkata', day: '20240301' },
])('has the day of $zone', ({ zone, day }) => {
  expect(dayOf(Date.UTC(2024, 1, 29, 20), zone)).toBe(day);
});
