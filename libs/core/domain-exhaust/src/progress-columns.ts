/** Titles of the progress report that do not depend on the course, in order. */
const fixedColumns = [
  'Collection Id',
  'Collection Name',
  'Batch Id',
  'Batch Name',
  'User UUID',
  'State',
  'District',
  'Org Name',
  'School Id',
  'School Name',
  'Block Name',
  'Cluster Name',
  'User Type',
  'User Sub Type',
  'Declared Board',
  'Enrolment Date',
  'Completion Date',
  'Certificate Status',
  'Progress',
  'Total Score',
] as const;

/** Titles of the progress report, in order. @param assessments ids of contents, each of which has a column */
export function progressColumns(assessments: readonly string[]): string[] {
  return [...fixedColumns, ...assessments.map((contentId) => `${contentId} - Score`)];
}

/** Those of them that hold numbers: percentages are texts. */
export const progressNumbers: ReadonlySet<string> = new Set(['Progress']);
