export { type ConsumedContent, ContentConsumption } from './content-consumption.port';
export { contentList, type ContentState, type StateQuestion } from './content-state';
export { type ListedAttempt, type ScoreSummary, summarizeScores } from './score-summary';
export { parseStoredDate } from './stored-date';
