import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedContent } from './content-consumption.port';
import { type ScoreSummary } from './score-summary';
import { formatStateDate } from './state-date';

/** One entry of `contentList`. What is not stored is left out. */
export type ContentState = Readonly<Record<string, unknown>> & { readonly contentId: string };

export interface StateQuestion extends LearnerInBatch {
  /** Only these contents; undefined: all. */
  readonly contentIds?: ReadonlySet<string>;
  /** Zone of the dates, IANA name. */
  readonly timeZone: string;
}

/**
 * The list of a learner's contents: those consumed, in their order, then those that were only assessed, by id.
 *
 * @param scores by content id; undefined when scores were not asked for
 */
export function contentList(
  question: StateQuestion,
  consumed: readonly ConsumedContent[],
  scores: ReadonlyMap<string, ScoreSummary> | undefined,
): ContentState[] {
  const isAsked = (contentId: string): boolean => question.contentIds?.has(contentId) ?? true;
  const known = new Set(consumed.map(({ contentId }) => contentId));
  const assessedOnly = [...(scores?.keys() ?? [])].filter((contentId) => !known.has(contentId)).sort();
  const states = [
    ...consumed.map((content) => consumedState(content, question.timeZone)),
    ...assessedOnly.map((contentId): ContentState => ({ contentId })),
  ];
  return states
    .filter(({ contentId }) => isAsked(contentId))
    .map((state) => ({ ...identity(question), ...state, ...scores?.get(state.contentId) }));
}

function identity({ courseId, batchId }: LearnerInBatch): object {
  return { batchId, courseId, collectionId: courseId };
}

function consumedState(content: ConsumedContent, timeZone: string): ContentState {
  return withoutNulls({
    contentId: content.contentId,
    status: content.status,
    progress: content.progress,
    completedCount: content.completedCount,
    viewCount: content.viewCount,
    lastAccessTime: dateOf(content.lastAccessMs, timeZone),
    lastCompletedTime: dateOf(content.lastCompletedMs, timeZone),
    completionPercentage: content.completionPercentage,
    progressdetails: parsedDetails(content.progressDetails),
  });
}

function dateOf(ms: number | null, timeZone: string): string | null {
  return ms === null ? null : formatStateDate(ms, timeZone);
}

/** Details that are no JSON are left out: they must not take the learner's whole state with them. */
function parsedDetails(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function withoutNulls(state: ContentState): ContentState {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null)) as ContentState;
}
