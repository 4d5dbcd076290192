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
   * Afterwards `attempts` is filled and holds each of `entries` in at least its version and with at least its write time.
   * One read of the learner when that is so already.
   *
   * @param entries what rows of this learner, course and batch say. Of a row that two versions lie in there is none: what
   *   is kept, or will be, alone says what the attempt is
   * @throws ARCHIVE.ATTEMPTS_CONTENDED while others write the same learner; CASSANDRA.*
   */
  async execute(learner: LearnerInBatch, entries: readonly AttemptScore[]): Promise<void> {
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
