/** Titles of the response report, in order. */
export const responseColumns = [
  'Collection Id',
  'Collection Name',
  'Batch Id',
  'Batch Name',
  'User UUID',
  'QuestionSet Id',
  'QuestionSet Title',
  'Attempt Id',
  'Attempted On',
  'Question Id',
  'Question Type',
  'Question Title',
  'Question Description',
  'Question Duration',
  'Question Score',
  'Question Max Score',
  'Question Options',
  'Question Response',
] as const;

/** Those of them that hold numbers. */
export const responseNumbers: ReadonlySet<string> = new Set([
  'Question Duration',
  'Question Score',
  'Question Max Score',
]);
