import { Injectable } from '@nestjs/common';
import { type PlannedWeek } from '@scorekeep/core/domain-archive';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { Output } from '@scorekeep/platform/util-cli';
import { type ArchiveOutcome, ArchiveWeek } from '../archive-week.use-case';
import { EstimateBytes } from '../estimate-bytes';
import { type ArchiveRequest, PlanArchive } from '../plan-archive.use-case';
import { type CommandSummary } from './command-summary';
import { type WeekResult } from './run-weeks';
import { weekColumns, weekFields } from './week-names';
import { countKinds, WeekRuns } from './week-runs';

type Result = WeekResult<PlannedWeek, ArchiveOutcome>;

/** Plans, then one use case a week; for `archive` and for `run`. */
@Injectable()
export class ArchiveWeeks {
  constructor(
    private readonly planArchive: PlanArchive,
    private readonly archiveWeek: ArchiveWeek,
    private readonly estimateBytes: EstimateBytes,
    private readonly runs: WeekRuns,
    private readonly storage: ArchiveStorage,
    private readonly output: Output,
  ) {}

  async preview(wanted: ArchiveRequest): Promise<CommandSummary> {
    const plan = await this.planArchive.execute(wanted);
    const bytesPerRow = await this.estimateBytes.perRow(plan);
    const weeks = plan.map((week) => ({ week, estimatedBytes: Math.round(week.rows * bytesPerRow) }));
    const totals = {
      weeks: weeks.length,
      rows: plan.reduce((sum, { rows }) => sum + rows, 0),
      estimatedBytes: weeks.reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0),
    };
    return {
      weeks: weeks.map(({ week, estimatedBytes }) => ({
        ...weekFields(week),
        reason: week.reason,
        rows: week.rows,
        estimatedBytes,
      })),
      totals,
      table: weeks.map(({ week, estimatedBytes }) => ({
        ...weekColumns(week),
        reason: week.reason,
        'live rows': week.rows,
        'about bytes': estimatedBytes,
      })),
      sentence: `to archive: ${totals.weeks} weeks, ${totals.rows} live rows, about ${totals.estimatedBytes} bytes; nothing was changed`,
      failed: 0,
    };
  }

  /** @param request the command line, recorded */
  async execute(wanted: ArchiveRequest, request: string): Promise<CommandSummary> {
    const plan = await this.planArchive.execute(wanted);
    const { force = false, format = 'csv.gz', batches } = wanted;
    const terms = { request, force, format, named: batches !== undefined };
    const progress = this.output.progress(
      'rows archived',
      plan.reduce((sum, { rows }) => sum + rows, 0),
    );
    const results = await this.runs.each<PlannedWeek, ArchiveOutcome>(plan, (week) => {
      let taken = 0;
      const onRows = (rows: number): void => {
        progress.advance(rows - taken);
        taken = rows;
      };
      return this.archiveWeek.execute(week, { ...terms, signal: this.runs.signal, onRows });
    });
    this.output.endProgress();
    return this.summary(results);
  }

  private summary(results: readonly Result[]): CommandSummary {
    const weeks = results.map((result) => ({ ...weekFields(result.week), ...this.facts(result) }));
    const totals = {
      weeks: weeks.length,
      ...countKinds(results),
      rows: weeks.reduce((sum, { rows }) => sum + rows, 0),
      bytes: weeks.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    return {
      weeks,
      totals,
      table: results.map((result) => {
        const { outcome, reason, rows, bytes } = this.facts(result);
        return { ...weekColumns(result.week), outcome, reason, rows, bytes };
      }),
      sentence:
        results.length === 0
          ? 'nothing to archive'
          : `archived ${totals.rows} rows, ${totals.bytes} bytes, of ${totals.weeks} weeks`,
      failed: results.filter(({ outcome }) => outcome.kind === 'failed').length,
    };
  }

  /** What was archived just now, former iterations left out. */
  private facts({ week, outcome }: Result) {
    const manifest = outcome.kind === 'archived' ? outcome.manifest : undefined;
    const objects = manifest?.objects ?? [];
    return {
      outcome: outcome.kind,
      reason: week.reason,
      rows: manifest?.rows ?? 0,
      bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
      objects: objects.map(({ key }) => this.storage.urlOf(key)),
      ...(outcome.kind === 'failed' ? { error: outcome.error.message } : {}),
    };
  }
}
