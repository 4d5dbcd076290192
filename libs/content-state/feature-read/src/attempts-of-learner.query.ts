import { Injectable } from '@nestjs/common';
import {
  AttemptRows,
  type AttemptScore,
  entryKey,
  fillAttempts,
  type LearnerInBatch,
  mergeEntries,
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
    const { attempts, filled } = await this.book.read(learner);
    if (filled) return [...attempts.values()];
    const merged = new Map(attempts);
    for (const entry of await this.fill(learner)) {
      const known = merged.get(entryKey(entry));
      merged.set(entryKey(entry), known ? mergeEntries(known, entry) : entry);
    }
    return [...merged.values()];
  }

  /** As the ingest would fill the learner in: rows first, then the learner's row. */
  private async fill(learner: LearnerInBatch): Promise<AttemptScore[]> {
    const rows = await this.rows.ofLearner(learner);
    const { aggDetails, aggregates, legacyAggregates } = await this.book.read(learner);
    return fillAttempts(
      {
        rows,
        aggDetails,
        aggregates: new Map([...legacyAggregates, ...aggregates]),
        timeZone: this.options.aggDetailsTimeZone,
        nowUs: BigInt(this.options.nowMs()) * 1000n,
      },
      shortDigest,
    );
  }
}
