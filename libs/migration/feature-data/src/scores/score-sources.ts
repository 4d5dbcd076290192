import { Injectable } from '@nestjs/common';
import { AttemptRows, type LearnerSources, type LearnerScores, ScoreBook } from '@scorekeep/core/domain-scoring';
import { DataOptions } from '../data-options';

/** Reads as the real one does, and only seems to write. */
class UnwrittenBook extends ScoreBook {
  constructor(private readonly book: ScoreBook) {
    super();
  }

  override read(...args: Parameters<ScoreBook['read']>): Promise<LearnerScores> {
    return this.book.read(...args);
  }

  override async write(): Promise<void> {
    return undefined;
  }

  override async holds(): Promise<boolean> {
    return true;
  }
}

/** Where learners are read and written. */
@Injectable()
export class ScoreSources {
  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: DataOptions,
  ) {}

  /** @param dry nothing is written, but all goes on as if it were */
  of(dry: boolean): LearnerSources {
    const { aggDetailsTimeZone, nowMs } = this.options;
    return { book: dry ? new UnwrittenBook(this.book) : this.book, rows: this.rows, aggDetailsTimeZone, nowMs };
  }
}
