import { Injectable } from '@nestjs/common';
import {
  attemptKey,
  AttemptRows,
  type AttemptScore,
  compareVersions,
  entryKey,
  fillAttempts,
  type LearnerInBatch,
  type LearnerScores,
  recordScores,
  ScoreBook,
  scoreOfRow,
  stateOf,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { attemptsContended } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';

const MOST_ROUNDS = 5;

interface KnownLearner {
  readonly scores: LearnerScores;
  /** Set when the learner was not filled: all that came before Scorekeep. */
  readonly fill?: readonly AttemptScore[];
}

/** Sees to it that what a learner's rows say of scores is kept for good before the rows go. */
@Injectable()
export class SettleAttempts {
  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: ArchiveOptions,
  ) {}

  /**
   * Afterwards `attempts` is filled and holds each of `rows` in at least its version and with at least its write time.
   * One read of the learner when that is so already.
   *
   * @param rows of this learner, course and batch
   * @throws ARCHIVE.ATTEMPTS_CONTENDED while others write the same learner; CASSANDRA.*
   */
  async execute(learner: LearnerInBatch, rows: readonly WrittenAttempt[]): Promise<void> {
    const entries = rows.map((row) => scoreOfRow(row, shortDigest));
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { scores, fill } = await this.known(learner);
      const missing = entries.filter((entry) => !isKept(scores, entry));
      if (!fill && missing.length === 0) return;
      const recorded = await recordScores({ book: this.book, nowMs: this.options.nowMs }, learner, scores, {
        entries: [...(fill ?? []), ...missing],
        ...(fill ? { markFilled: true, ...stateBefore(fill) } : {}),
      });
      if (recorded.kind === 'recorded' && entries.every((entry) => isKept(recorded.scores, entry))) return;
    }
    throw attemptsContended();
  }

  /** Rows first, then the learner's row: an attempt recorded between the two reads is in the second. */
  private async known(learner: LearnerInBatch): Promise<KnownLearner> {
    const before = await this.book.read(learner);
    if (before.filled) return { scores: before };
    const rows = await this.rows.ofLearner(learner);
    const scores = await this.book.read(learner);
    const fill = fillAttempts(
      {
        rows,
        aggDetails: scores.aggDetails,
        aggregates: new Map([...scores.legacyAggregates, ...scores.aggregates]),
        timeZone: this.options.aggDetailsTimeZone,
        nowUs: BigInt(this.options.nowMs()) * 1000n,
      },
      shortDigest,
    );
    return { scores, fill };
  }
}

function isKept(scores: LearnerScores, entry: AttemptScore): boolean {
  const kept = scores.attempts.get(attemptKey(entry));
  return (
    kept !== undefined && compareVersions(kept.version, entry.version) >= 0 && kept.writeTimeUs >= entry.writeTimeUs
  );
}

/** A learner who had attempts before Scorekeep has had the certificate request for them. */
function stateBefore(fill: readonly AttemptScore[]): { certificateState?: string } {
  if (fill.length === 0) return {};
  return { certificateState: shortDigest(stateOf(new Map(fill.map((entry) => [entryKey(entry), entry])))) };
}
