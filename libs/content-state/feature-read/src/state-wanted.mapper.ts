import { type StateWanted } from './read-content-state.use-case';
import { type ReadStateFields } from './read-state.request';

/** Which of the learner's contents a valid request asks for. */
export function stateWanted(userId: string, request: ReadStateFields): StateWanted {
  const { batchId, contentIds, fields } = request;
  return {
    userId,
    batchId,
    courseId: request.courseId ?? request.collectionId ?? request.courseIds?.[0] ?? '',
    ...(contentIds && contentIds.length > 0 ? { contentIds: new Set(contentIds) } : {}),
    withScores: fields?.includes('score') ?? false,
  };
}
