import { type AssessElement, type AssessMessage, type RecomputeMessage } from '@scorekeep/core/contract-events';
import {
  type Answer,
  type AttemptEvent,
  answersToStore,
  eventTime,
  type LearnerInBatch,
  type StorageLayout,
  summarizeAnswers,
  type TextMap,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';

/** What a record's message is read with: see `eventTime` and `answersToStore`. */
export interface ReadingContext {
  readonly recordTimestampMs: number;
  readonly nowMs: number;
  readonly layout: StorageLayout;
}

/**
 * An accepted attempt as the domain knows it. All its texts can be stored as they are: a half of a surrogate pair, which JSON
 * can hold and UTF-8 cannot, becomes U+FFFD, so that what is compared with stored rows is what they hold.
 *
 * @throws RangeError when something is nested too deeply to have a text
 */
export function toAttemptEvent(
  message: AssessMessage,
  context: ReadingContext,
): AttemptEvent & { readonly answers: readonly Answer[] } {
  const { recordTimestampMs, nowMs, layout } = context;
  const { contentId, attemptId } = message;
  const answers = answersToStore(message.events.map(toAnswer), layout);
  return {
    attempt: { ...toLearner(message), contentId: wellFormed(contentId), attemptId: wellFormed(attemptId) },
    time: eventTime({ assessmentTsMs: Number(message.assessmentTs), recordTimestampMs, nowMs }),
    answers,
    summary: summarizeAnswers(answers, shortDigest),
  };
}

export function toLearner({ userId, courseId, batchId }: RecomputeMessage): LearnerInBatch {
  return { userId: wellFormed(userId), courseId: wellFormed(courseId), batchId: wellFormed(batchId) };
}

function toAnswer({ ets, edata }: AssessElement): Answer {
  return {
    questionId: wellFormed(edata.item.id),
    etsMs: Math.trunc(ets),
    maxScore: edata.item.maxscore,
    score: edata.score,
    type: toText(edata.item.type),
    title: toText(edata.item.title),
    description: toText(edata.item.desc),
    resvalues: toTextMaps(edata.resvalues),
    params: toTextMaps(edata.item.params),
    durationSeconds: typeof edata.duration === 'number' && Number.isFinite(edata.duration) ? edata.duration : 0,
  };
}

/** Text as it is, anything else as its JSON; null when missing. */
function toText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? wellFormed(value) : JSON.stringify(value);
}

/** A list of maps; whatever is no map is no option and no answer. */
function toTextMaps(value: unknown): TextMap[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isMap).map(toTextMap);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toTextMap(value: Record<string, unknown>): TextMap {
  const map = new Map<string, string>();
  for (const key of Object.keys(value)) {
    const text = toText(value[key]);
    if (text !== null) map.set(wellFormed(key), text);
  }
  return map;
}

function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}
