import { Injectable } from '@nestjs/common';
import {
  ContentConsumption,
  contentList,
  type ContentState,
  summarizeScores,
} from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { AttemptsOfLearner } from './attempts-of-learner.query';
import { ContentStateOptions } from './content-state-options';

export interface StateWanted extends LearnerInBatch {
  /** Only these contents; undefined: all. */
  readonly contentIds?: ReadonlySet<string>;
  readonly withScores: boolean;
}

/** Reads how far a learner got in a course, and how well. */
@Injectable()
export class ReadContentState {
  constructor(
    private readonly consumption: ContentConsumption,
    private readonly attempts: AttemptsOfLearner,
    private readonly options: ContentStateOptions,
  ) {}

  /** @throws CASSANDRA.* */
  async execute(wanted: StateWanted): Promise<ContentState[]> {
    const [consumed, attempts] = await Promise.all([
      this.consumption.of(wanted, wanted.contentIds),
      wanted.withScores ? this.attempts.execute(wanted) : undefined,
    ]);
    const scores = attempts && summarizeScores(attempts, this.options.maxListedAttempts);
    return contentList({ ...wanted, timeZone: this.options.timeZone }, consumed, scores);
  }
}
