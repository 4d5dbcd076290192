import {
  completionOf,
  type ContentUpdate,
  parseStateDate,
  type SubmittedItem,
} from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { actingUserOf, type Caller, invalidRequest } from '@scorekeep/platform/util-http';
import { type ContentFields, type UpdateStateFields } from './update-state.request';

/** Whom a caller may act for. */
export const actsFor = ({ userId, requestedFor }: Caller): string[] =>
  requestedFor === undefined ? [userId] : [userId, requestedFor];

/** What was sent, assessments after contents. */
export function submittedItems(request: UpdateStateFields, caller: Caller): SubmittedItem[] {
  const userOf = (item: { readonly userId?: string | null }): string =>
    firstNamed(item.userId, request.userId) ?? actingUserOf(caller);
  const contents = (request.contents ?? []).map(
    (content): SubmittedItem => ({
      kind: 'content',
      userId: userOf(content),
      courseId: firstNamed(content.courseId, content.collectionId, request.courseId, request.collectionId) ?? '',
      batchId: content.batchId ?? '',
      update: contentUpdate(content),
      original: content,
    }),
  );
  const assessments = (request.assessments ?? []).map(
    (assessment): SubmittedItem => ({
      kind: 'assessment',
      userId: userOf(assessment),
      courseId: assessment.courseId,
      batchId: assessment.batchId,
      update: completionOf(assessment.contentId),
      original: assessment,
    }),
  );
  return [...contents, ...assessments];
}

/** Whose enrolment is to be synced. @throws HTTP.INVALID_REQUEST */
export function enrolmentToSync(request: UpdateStateFields, caller: Caller): LearnerInBatch {
  const courseId = firstNamed(request.courseId, request.collectionId);
  const batchId = firstNamed(request.batchId);
  if (courseId === undefined || batchId === undefined) {
    const wanted = 'must be given where there are neither contents nor assessments';
    const missing = [...(courseId === undefined ? ['courseId'] : []), ...(batchId === undefined ? ['batchId'] : [])];
    throw invalidRequest(...missing.map((name) => `request.${name} ${wanted}`));
  }
  return { userId: firstNamed(request.userId) ?? actingUserOf(caller), courseId, batchId };
}

export function asksForSync({ contents, assessments }: UpdateStateFields): boolean {
  return (contents ?? []).length === 0 && (assessments ?? []).length === 0;
}

function contentUpdate(content: ContentFields): ContentUpdate {
  return {
    contentId: content.contentId,
    status: content.status,
    progress: wholePercent(content.progress ?? null),
    lastAccessMs: parseStateDate(content.lastAccessTime ?? null),
    lastCompletedMs: parseStateDate(content.lastCompletedTime ?? null),
    completedCount: content.completedCount ?? null,
    viewCount: content.viewCount ?? null,
    completionPercentage: content.completionPercentage ?? null,
    progressDetails: detailsText(content.progressdetails),
  };
}

function wholePercent(progress: number | null): number | null {
  return progress === null ? null : Math.trunc(Math.min(100, Math.max(0, progress)));
}

/** Details that come as the JSON text of an object or a list are kept as that text. */
function detailsText(details: unknown): string | null {
  if (details === undefined || details === null) return null;
  return typeof details === 'string' && isObjectText(details) ? details : JSON.stringify(details);
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function firstNamed(...names: (string | null | undefined)[]): string | undefined {
  return names.find((name) => typeof name === 'string' && name.trim() !== '') ?? undefined;
}
