import { type PlannedWeek } from '@scorekeep/core/domain-archive';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { Output, type TableRow } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { weeksFailed } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';
import { type ArchiveOutcome, ArchiveWeek } from '../archive-week.use-case';
import { EstimateBytes } from '../estimate-bytes';
import { PlanArchive } from '../plan-archive.use-case';
import { type WeekResult } from './run-weeks';
import { weekColumns, weekFields } from './week-names';
import { batchesOf, periodOf, requestText, type WeekOptions } from './week-options';
import { countKinds, WeekRuns } from './week-runs';
import { WeeksCommand } from './weeks-command';

interface ArchiveCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

type Result = WeekResult<PlannedWeek, ArchiveOutcome>;

/** `archiver archive`: options → plan → one use case a week → summary. */
@Command({ name: 'archive', description: 'copies the answers of complete weeks to object storage; deletes nothing' })
export class ArchiveCommand extends WeeksCommand {
  constructor(
    private readonly planArchive: PlanArchive,
    private readonly archiveWeek: ArchiveWeek,
    private readonly estimateBytes: EstimateBytes,
    private readonly runs: WeekRuns,
    private readonly options: ArchiveOptions,
    private readonly storage: ArchiveStorage,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: ArchiveCommandOptions): Promise<void> {
    const batches = await batchesOf(asked);
    const period = periodOf(asked, this.options.nowMs(), this.options.graceMs);
    await this.runs.open();
    const plan = await this.planArchive.execute({ period, ...(batches ? { batches } : {}) });
    if (asked.dryRun) return this.preview(plan, asked);
    const results = await this.archive(plan, requestText('archive', asked));
    this.present(results, asked);
    const failed = results.filter(({ outcome }) => outcome.kind === 'failed').length;
    if (failed > 0) throw weeksFailed('could not be archived', failed);
  }

  @Option({ flags: '--dry-run', description: 'only says what there is to archive' })
  parseDryRun(): boolean {
    return true;
  }

  private async archive(plan: readonly PlannedWeek[], request: string): Promise<Result[]> {
    const rowsPlanned = plan.reduce((sum, { rows }) => sum + rows, 0);
    const progress = this.output.progress('rows archived', rowsPlanned);
    const results = await this.runs.each<PlannedWeek, ArchiveOutcome>(plan, (week) => {
      let taken = 0;
      const onRows = (rows: number): void => {
        progress.advance(rows - taken);
        taken = rows;
      };
      return this.archiveWeek.execute(week, { request, signal: this.runs.signal, onRows });
    });
    this.output.endProgress();
    return results;
  }

  private async preview(plan: readonly PlannedWeek[], { json }: ArchiveCommandOptions): Promise<void> {
    const bytesPerRow = await this.estimateBytes.perRow(plan);
    const weeks = plan.map((week) => ({
      ...week,
      estimatedBytes: Math.round(week.rows * bytesPerRow),
    }));
    const totals = {
      weeks: weeks.length,
      rows: weeks.reduce((sum, { rows }) => sum + rows, 0),
      estimatedBytes: weeks.reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0),
    };
    if (json) {
      const planned = weeks.map((week) => {
        const { reason, rows, estimatedBytes } = week;
        return { ...weekFields(week), reason, rows, estimatedBytes };
      });
      return this.output.json({ command: 'archive', dryRun: true, weeks: planned, totals });
    }
    this.output.table(
      weeks.map((week) => ({
        ...weekColumns(week),
        reason: week.reason,
        'live rows': week.rows,
        'about bytes': week.estimatedBytes,
      })),
    );
    this.output.line(
      `to archive: ${totals.weeks} weeks, ${totals.rows} live rows, about ${totals.estimatedBytes} bytes; nothing was changed`,
    );
  }

  private present(results: readonly Result[], { json }: ArchiveCommandOptions): void {
    const weeks = results.map((result) => ({ ...weekFields(result.week), ...this.facts(result) }));
    const totals = {
      weeks: weeks.length,
      ...countKinds(results),
      rows: weeks.reduce((sum, { rows }) => sum + rows, 0),
      bytes: weeks.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    if (json) return this.output.json({ command: 'archive', dryRun: false, weeks, totals });
    this.output.table(results.map((result) => this.tableRow(result)));
    this.output.line(
      results.length === 0
        ? 'nothing to archive'
        : `archived ${totals.rows} rows, ${totals.bytes} bytes, of ${totals.weeks} weeks`,
    );
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

  private tableRow(result: Result): TableRow {
    const { outcome, reason, rows, bytes } = this.facts(result);
    return { ...weekColumns(result.week), outcome, reason, rows, bytes };
  }
}
