import { type AttemptScore } from '@scorekeep/core/domain-scoring';

/** The type `attempt_score`, as the driver gives and takes it. */
export interface AttemptScoreValue {
  readonly content_id: string;
  readonly attempt_id: string;
  readonly score: number;
  readonly max_score: number;
  readonly last_attempted_on: Date;
  readonly created_on: Date;
  readonly write_time: bigint;
  readonly latest_ets: bigint;
  readonly question_count: number;
  readonly digest: string;
  readonly placeholder: boolean;
}

export function toAttemptScoreValue(entry: AttemptScore): AttemptScoreValue {
  return {
    content_id: entry.contentId,
    attempt_id: entry.attemptId,
    score: entry.score,
    max_score: entry.maxScore,
    last_attempted_on: new Date(entry.version.timeMs),
    created_on: new Date(entry.createdOnMs),
    write_time: entry.writeTimeUs,
    latest_ets: BigInt(Math.trunc(entry.version.latestEtsMs)),
    question_count: entry.version.questionCount,
    digest: entry.version.digest,
    placeholder: entry.placeholder,
  };
}

export function toAttemptScore(value: AttemptScoreValue): AttemptScore {
  return {
    contentId: value.content_id,
    attemptId: value.attempt_id,
    score: value.score,
    maxScore: value.max_score,
    version: {
      timeMs: value.last_attempted_on.getTime(),
      latestEtsMs: Number(value.latest_ets),
      questionCount: value.question_count,
      digest: value.digest,
    },
    createdOnMs: value.created_on.getTime(),
    writeTimeUs: value.write_time,
    placeholder: value.placeholder,
  };
}
