import { Injectable } from '@nestjs/common';
import { ScoreBook } from '@scorekeep/core/domain-scoring';
import {
  type LayoutDirection,
  LayoutTables,
  LearnerScan,
  MigrationLedger,
} from '@scorekeep/migration/domain-migration';
import { Pace } from '@scorekeep/platform/util-pace';
import { DataOptions } from '../data-options';
import { refused } from '../data.errors';
import { EphemeralLedger } from '../runs/ephemeral-ledger';
import { type FailedUnit, RunUnits, type Stage } from '../runs/run-units';
import { LayoutWork } from './layout-work';

export interface LayoutRequest {
  readonly direction: LayoutDirection;
  /** `raw`: drop the answers from `assessment_aggregator` when everything is in `assessment_raw`. */
  readonly dropAnswers: boolean;
  /** Counts, and changes nothing. */
  readonly dry: boolean;
  readonly ranges: number;
  /** Ranges at a time. */
  readonly parallel: number;
  /** Most rows a second. */
  readonly rate?: number;
  readonly signal: AbortSignal;
  /** Told how many parts there are, before the first. */
  readonly onStart: (parts: number) => void;
  readonly onPart: () => void;
}

export interface LayoutReport {
  /** Rows that were copied, or of a dry run would be. */
  readonly copied: number;
  /** Rows that say the same in both tables, compared cell by cell. */
  readonly same: number;
  /** Rows that were written later in the layout that is migrated to. */
  readonly newer: number;
  /** Rows without answers. */
  readonly withoutAnswers: number;
  /** `raw`: attempts that got their row of totals back. */
  readonly givenBack: number;
  /** `unify`: rows of totals whose answers are archived, which went. */
  readonly removed: number;
  readonly droppedAnswers: boolean;
  readonly failed: readonly FailedUnit[];
}

/**
 * Copies answers from one layout's table to the other's, with their write times, and compares. Beside running services;
 * repeated it changes nothing; killed, it goes on where it stopped.
 */
@Injectable()
export class MigrateLayout {
  constructor(
    private readonly tables: LayoutTables,
    private readonly scan: LearnerScan,
    private readonly book: ScoreBook,
    private readonly ledger: MigrationLedger,
    private readonly options: DataOptions,
  ) {}

  /** @throws MIGRATION.HELD, MIGRATION.LEASE_LOST, MIGRATION.REFUSED, the signal's reason, CASSANDRA.* */
  async execute(request: LayoutRequest): Promise<LayoutReport> {
    const { direction, dropAnswers, dry } = request;
    await this.tables.prepare(direction);
    const run = new RunUnits(dry ? new EphemeralLedger() : this.ledger, {
      migration: dropAnswers ? `${direction} and drop` : direction,
      owner: this.options.owner,
      renewEveryMs: this.options.renewEveryMs,
      signal: request.signal,
      onBegun: () => undefined,
      onDone: request.onPart,
    });
    const stages = this.stages(request);
    request.onStart(stages.reduce((sum, { units }) => sum + units.length, 0));
    const { counts, failed } = await run.execute(stages);
    const count = (name: string): number => counts[name] ?? 0;
    const report = {
      ...{ copied: count('copied'), same: count('same'), newer: count('newer') },
      ...{ withoutAnswers: count('withoutAnswers'), givenBack: count('givenBack'), removed: count('removed'), failed },
    };
    const droppedAnswers = dropAnswers && failed.length === 0 && (await this.drop(report, dry));
    return { ...report, droppedAnswers };
  }

  private stages({ direction, dry, ranges, parallel, rate }: LayoutRequest): Stage[] {
    const { tables, scan, book } = this;
    const pace = new Pace(rate, () => performance.now());
    const work = new LayoutWork({ direction, tables, scan, book, pace, nowMs: this.options.nowMs, dry });
    const copy = { units: work.rangeUnits(ranges), parallel };
    return direction === 'raw' ? [copy, { units: work.totalsUnits(ranges), parallel }] : [copy];
  }

  /** Whoever still writes the unified layout would fail without the column: this run must not have found anything new. */
  private async drop(
    { copied, givenBack }: Pick<LayoutReport, 'copied' | 'givenBack'>,
    dry: boolean,
  ): Promise<boolean> {
    if (!(await this.tables.hasAnswersColumn())) return false;
    if (copied + givenBack > 0) {
      throw refused(
        `${copied} rows had to be copied and ${givenBack} given back: somebody still writes the unified layout, or "migrator raw" was not complete. Nothing was dropped; run it again.`,
      );
    }
    if (!dry) await this.tables.dropAnswersColumn();
    return !dry;
  }
}
