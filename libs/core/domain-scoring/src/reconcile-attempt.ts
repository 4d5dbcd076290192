import { type AttemptScore } from './attempt-score';
import { type AnswersSummary } from './answers-summary';
import { type AttemptVersion, compareVersions } from './attempt-version';
import { type EventTime } from './event-time';
import { type AttemptIdentity } from './identity';
import { type AnswersToStore } from './packed-answers';
import { writeTimeOf, type WriteTimeUs } from './write-time';

/** One accepted event of an attempt. */
export interface AttemptEvent {
  readonly attempt: AttemptIdentity;
  readonly time: EventTime;
  /** What is stored of them (see `answersToStore`), at least one. */
  readonly answers: AnswersToStore;
  readonly summary: AnswersSummary;
}

/** What an event does to its attempt. */
export type Reconciled =
  /** A first or greater version: its row and then its entry are written at `entry.writeTimeUs`. */
  | { readonly kind: 'write'; readonly entry: AttemptScore }
  /** Says what is stored already. `lowered` is there when it was created earlier than anything seen before. */
  | { readonly kind: 'repeat'; readonly lowered?: AttemptScore }
  /** A smaller version. */
  | { readonly kind: 'stale'; readonly lowered?: AttemptScore };

/**
 * Compares an event with what is stored of its attempt.
 *
 * @param stored the attempt's entry, or what its row says where that is newer; undefined for a first event
 * @param writtenInVain the highest timestamp of a write of this row whose outcome is unknown: the next one lies above
 */
export function reconcileAttempt(
  event: AttemptEvent,
  stored: AttemptScore | undefined,
  writtenInVain?: WriteTimeUs,
): Reconciled {
  const { latestEtsMs, questionCount, digest } = event.summary;
  const version = { timeMs: event.time.timeMs, latestEtsMs, questionCount, digest };
  if (!stored) return { kind: 'write', entry: entryOf(event, version, above(writeTimeOf(version), writtenInVain)) };
  const createdOnMs = Math.min(stored.createdOnMs, event.time.recordMs);
  const comparison = compareVersions(version, stored.version);
  const repeated = comparison === 0 || (event.time.cutBack && version.digest === stored.version.digest);
  if (!repeated && comparison > 0) {
    const writeTimeUs = above(writeTimeOf(version, stored), writtenInVain);
    return { kind: 'write', entry: { ...entryOf(event, version, writeTimeUs), createdOnMs } };
  }
  const kind = repeated ? 'repeat' : 'stale';
  if (createdOnMs === stored.createdOnMs) return { kind };
  return { kind, lowered: { ...stored, createdOnMs, writeTimeUs: stored.writeTimeUs + 1n } };
}

function above(writeTimeUs: WriteTimeUs, writtenInVain: WriteTimeUs | undefined): WriteTimeUs {
  return writtenInVain === undefined || writeTimeUs > writtenInVain ? writeTimeUs : writtenInVain + 1n;
}

function entryOf(event: AttemptEvent, version: AttemptVersion, writeTimeUs: WriteTimeUs): AttemptScore {
  return {
    contentId: event.attempt.contentId,
    attemptId: event.attempt.attemptId,
    score: event.summary.score,
    maxScore: event.summary.maxScore,
    version,
    createdOnMs: event.time.recordMs,
    writeTimeUs,
    placeholder: false,
  };
}
