import { type Answer, type TextMap } from './answer';

/** What orders the versions of one attempt. The greatest one is what the attempt is. */
export interface AttemptVersion {
  /** The version's time, ms since epoch: `last_attempted_on`. */
  readonly timeMs: number;
  /** Latest `ets` of its answers, ms since epoch; 0 without answers. */
  readonly latestEtsMs: number;
  /** Number of distinct questions answered. */
  readonly questionCount: number;
  /** Digest of the answers, hex; empty without answers. */
  readonly digest: string;
}

/** A hash of a text, as lower-case hex: comes in as a parameter, since domain libraries use no platform's crypto. */
export type Digest = (text: string) => string;

/** @returns negative when `left` is the smaller version, 0 when they are the same, positive when it is the greater */
export function compareVersions(left: AttemptVersion, right: AttemptVersion): number {
  if (left.timeMs !== right.timeMs) return left.timeMs - right.timeMs;
  if (left.latestEtsMs !== right.latestEtsMs) return left.latestEtsMs - right.latestEtsMs;
  if (left.questionCount !== right.questionCount) return left.questionCount - right.questionCount;
  if (left.digest === right.digest) return 0;
  return left.digest < right.digest ? -1 : 1;
}

/** The version that these answers at this time are. */
export function versionOf(timeMs: number, answers: readonly Answer[], digest: Digest): AttemptVersion {
  if (answers.length === 0) return { timeMs, latestEtsMs: 0, questionCount: 0, digest: '' };
  return {
    timeMs,
    latestEtsMs: answers.reduce((latest, answer) => Math.max(latest, answer.etsMs), 0),
    questionCount: new Set(answers.map((answer) => answer.questionId)).size,
    digest: digest(canonicalAnswers(answers)),
  };
}

/**
 * One text for equal lists of answers, whatever order the keys of their maps are in: every text behind its length, so
 * that no two lists share one.
 */
export function canonicalAnswers(answers: readonly Answer[]): string {
  let text = '';
  for (const answer of answers) {
    text +=
      canonicalText(answer.questionId) +
      `${answer.etsMs} ${answer.maxScore} ${answer.score} ${answer.durationSeconds} ` +
      canonicalText(answer.type) +
      canonicalText(answer.title) +
      canonicalText(answer.description) +
      canonicalMaps(answer.resvalues) +
      canonicalMaps(answer.params);
  }
  return text;
}

function canonicalText(text: string | null): string {
  return text === null ? '-' : `${text.length}:${text}`;
}

function canonicalMaps(maps: readonly TextMap[]): string {
  let text = `${maps.length}[`;
  for (const map of maps) {
    text += `${map.size}{`;
    for (const [key, value] of inKeyOrder(map)) text += canonicalText(key) + canonicalText(value);
  }
  return text;
}

function inKeyOrder(map: TextMap): Iterable<readonly [string, string]> {
  return map.size < 2 ? map : [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}
