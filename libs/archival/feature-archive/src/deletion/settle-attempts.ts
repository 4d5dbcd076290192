import { Injectable } from '@nestjs/common';
import {
  attemptKey,
  AttemptRows,
  type AttemptScore,
  compareVersions,
  type LearnerInBatch,
  type LearnerScores,
  readLearner,
  recordScores,
  ScoreBook,
  scoreOfRow,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { attemptsContended } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';

const MOST_ROUNDS = 5;

/** Sees to it that what a learner's rows say of scores is kept for good before the rows go. */
@Injectable()
export class SettleAttempts {
  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: ArchiveOptions,
  ) {}

  /**
   * Of a row that two versions lie in, the entry alone says what the attempt is, and is there or will be.
   *
   * Afterwards `attempts` is filled and holds each of `rows` in at least its version and with at least its write time.
   * One read of the learner when that is so already.
   *
   * @param rows of this learner, course and batch
   * @throws ARCHIVE.ATTEMPTS_CONTENDED while others write the same learner; CASSANDRA.*
   */
  async execute(learner: LearnerInBatch, rows: readonly WrittenAttempt[]): Promise<void> {
    const entries = rows.filter((row) => !row.mixed).map((row) => scoreOfRow(row, shortDigest));
    const { aggDetailsTimeZone, nowMs } = this.options;
    const sources = { book: this.book, rows: this.rows, aggDetailsTimeZone, nowMs };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { scores, fill } = await readLearner(sources, learner, shortDigest);
      const missing = entries.filter((entry) => !isKept(scores, entry));
      if (!fill && missing.length === 0) return;
      const wanted = { ...fill, entries: [...(fill?.entries ?? []), ...missing] };
      const recorded = await recordScores(sources, learner, scores, wanted);
      if (recorded.kind === 'recorded' && entries.every((entry) => isKept(recorded.scores, entry))) return;
    }
    throw attemptsContended();
  }
}

function isKept(scores: LearnerScores, entry: AttemptScore): boolean {
  const kept = scores.attempts.get(attemptKey(entry));
  return (
    kept !== undefined && compareVersions(kept.version, entry.version) >= 0 && kept.writeTimeUs >= entry.writeTimeUs
  );
}
