import { Injectable } from '@nestjs/common';
import {
  AttemptRows,
  type AttemptScore,
  type LearnerInBatch,
  readLearner,
  ScoreBook,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { ContentStateOptions } from './content-state-options';

/** Every attempt of a learner, archived or not: from the one row of scores; of a learner not filled yet, from the rows too. */
@Injectable()
export class AttemptsOfLearner {
  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: ContentStateOptions,
  ) {}

  /** Writes nothing. @throws CASSANDRA.* */
  async execute(learner: LearnerInBatch): Promise<readonly AttemptScore[]> {
    const { aggDetailsTimeZone, nowMs } = this.options;
    const sources = { book: this.book, rows: this.rows, aggDetailsTimeZone, nowMs };
    const { known } = await readLearner(sources, learner, shortDigest);
    return [...known.values()];
  }
}
