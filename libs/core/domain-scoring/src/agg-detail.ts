import { DateTime } from 'luxon';
import { type AttemptScore } from './attempt-score';

interface AggDetail {
  readonly attempt_id?: unknown;
  readonly content_id?: unknown;
  readonly score?: unknown;
  readonly max_score?: unknown;
  readonly last_attempted_on?: unknown;
  /** Epoch seconds. */
  readonly attempted_on?: unknown;
}

/**
 * One text of the reference's `agg_details` as an entry; undefined when it names no attempt or has no score.
 *
 * @param timeZone of `last_attempted_on`, which is `MMM dd, yyyy, h:mm:ss a` (U+202F may stand before AM/PM)
 * @param nowUs becomes the write time: its row may have been deleted at any time until now
 */
export function parseAggDetail(text: string, timeZone: string, nowUs: bigint): AttemptScore | undefined {
  const detail = parseObject(text);
  const { attempt_id: attemptId, content_id: contentId, score, max_score: maxScore } = detail ?? {};
  if (!isId(attemptId) || !isId(contentId) || !isScore(score) || !isScore(maxScore)) return undefined;
  const timeMs = detail ? timeOf(detail, timeZone) : 0;
  return {
    contentId,
    attemptId,
    score,
    maxScore,
    version: { timeMs, latestEtsMs: 0, questionCount: 0, digest: '' },
    createdOnMs: timeMs,
    writeTimeUs: nowUs,
    placeholder: false,
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** `1e999` is JSON, too. */
function isScore(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function parseObject(text: string): AggDetail | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Ms since epoch; 0 when neither form is readable. */
function timeOf(detail: AggDetail, timeZone: string): number {
  if (typeof detail.last_attempted_on === 'string') {
    const written = detail.last_attempted_on.replace(/[\u202f\u00a0]/g, ' ');
    const parsed = DateTime.fromFormat(written, 'MMM d, yyyy, h:mm:ss a', { zone: timeZone, locale: 'en-US' });
    if (parsed.isValid) return parsed.toMillis();
  }
  return typeof detail.attempted_on === 'number' ? Math.trunc(detail.attempted_on * 1000) : 0;
}
