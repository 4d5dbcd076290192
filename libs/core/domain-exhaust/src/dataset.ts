/** What can be reported of a batch. */
export const datasets = ['response-exhaust', 'progress-exhaust'] as const;
export type Dataset = (typeof datasets)[number];

/** How a report's file is written. */
export const reportFormats = ['csv', 'csv.gz', 'parquet'] as const;
export type ReportFormat = (typeof reportFormats)[number];
