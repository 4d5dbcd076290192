import {
  type LearnerRows,
  type LearnerScan,
  ringRanges,
  type SeenRow,
  type TokenRange,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { type Unit } from '../runs/run-units';
import { type UnitFindings } from './score-findings';
import { type ScoreWork } from './score-work';

const TOTALS = /^-?\d+(\.\d+)?\/-?\d+(\.\d+)?$/;

/** Learners with live rows, a token range a unit. */
export class RowUnits {
  constructor(
    private readonly scan: LearnerScan,
    private readonly work: ScoreWork,
    private readonly batches: ReadonlySet<string> | undefined,
  ) {}

  list(ranges: number): Unit[] {
    return ringRanges(ranges).map((range, index) =>
      this.work.unit(`rows:${index}/${ranges}`, (found, signal) => this.migrate(range, found, signal)),
    );
  }

  private async migrate(range: TokenRange, found: UnitFindings, signal: AbortSignal): Promise<UnitCounts> {
    const counts = { rows: 0, changed: 0 };
    for await (const { learner, rows } of this.scan.withRows(range, this.batches)) {
      signal.throwIfAborted();
      counts.rows += rows.length;
      for (const row of rows) rejectMalformed({ learner, rows }, row, found);
      const migrated = await this.work.migrate(learner, { archived: [], rows }, found);
      if (migrated.counts) counts.changed += 1;
    }
    return counts;
  }
}

function rejectMalformed({ learner }: LearnerRows, row: SeenRow, found: UnitFindings): void {
  const key = { ...learner, contentId: row.contentId, attemptId: row.attemptId };
  if (Object.values(key).includes('')) found.reject('row', key, 'an id is empty');
  if (row.grandTotal !== null && !TOTALS.test(row.grandTotal)) {
    found.reject('row', key, 'grand_total is not <number>/<number>');
  }
  const totals = [row.totalScore, row.totalMaxScore];
  if (totals.some((total) => total === null)) found.reject('row', key, 'a total is missing; counted from its answers');
  else if (!totals.every((total) => Number.isFinite(total))) {
    found.reject('row', key, 'a total is no number; counted from its answers');
  }
}
