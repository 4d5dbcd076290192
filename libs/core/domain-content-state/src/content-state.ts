import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedContent } from './content-consumption.port';
import { type ScoreSummary } from './score-summary';
import { formatStateDate } from './state-date';

/** One entry of `contentList`, dates as texts. What is not stored is undefined: JSON leaves it out. */
export interface ContentState {
  readonly contentId: string;
  readonly batchId: string;
  readonly courseId: string;
  /** The same as `courseId`. */
  readonly collectionId: string;
  readonly status: number | undefined;
  /** Percent. */
  readonly progress: number | undefined;
  readonly completedCount: number | undefined;
  readonly viewCount: number | undefined;
  readonly lastAccessTime: string | undefined;
  readonly lastCompletedTime: string | undefined;
  /** Percent. */
  readonly completionPercentage: number | undefined;
  /** JSON, parsed. */
  readonly progressdetails: unknown;
  readonly score: ScoreSummary['score'] | undefined;
  readonly bestScore: ScoreSummary['bestScore'] | undefined;
  readonly attemptsCount: number | undefined;
}

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
  const contents = [...consumed, ...assessedOnly.map(notConsumed)];
  return contents
    .filter(({ contentId }) => isAsked(contentId))
    .map((content) => contentState(question, content, scores?.get(content.contentId)));
}

/** Every entry has the same properties in the same order: that makes a list cheap to build and to print. */
function contentState(
  { courseId, batchId, timeZone }: StateQuestion,
  content: ConsumedContent,
  scores: ScoreSummary | undefined,
): ContentState {
  return {
    batchId,
    courseId,
    collectionId: courseId,
    contentId: content.contentId,
    status: content.status ?? undefined,
    progress: content.progress ?? undefined,
    completedCount: content.completedCount ?? undefined,
    viewCount: content.viewCount ?? undefined,
    lastAccessTime: dateOf(content.lastAccessMs, timeZone),
    lastCompletedTime: dateOf(content.lastCompletedMs, timeZone),
    completionPercentage: content.completionPercentage ?? undefined,
    progressdetails: parsedDetails(content.progressDetails),
    score: scores?.score,
    bestScore: scores?.bestScore,
    attemptsCount: scores?.attemptsCount,
  };
}

function notConsumed(contentId: string): ConsumedContent {
  return {
    contentId,
    status: null,
    progress: null,
    completedCount: null,
    viewCount: null,
    lastAccessMs: null,
    lastCompletedMs: null,
    completionPercentage: null,
    progressDetails: null,
  };
}

function dateOf(ms: number | null, timeZone: string): string | undefined {
  return ms === null ? undefined : formatStateDate(ms, timeZone);
}

/** Details that are no JSON are left out: they must not take the learner's whole state with them. */
function parsedDetails(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
