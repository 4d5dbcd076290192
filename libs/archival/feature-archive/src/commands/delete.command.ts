import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { ArchivalRecords } from '../archival-records';
import { weeksFailed } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';
import { type DeleteOutcome, DeleteWeek } from '../delete-week.use-case';
import { comparisonColumns, comparisonFields } from './comparison-facts';
import { type WeekResult } from './run-weeks';
import { weekColumns, weekFields } from './week-names';
import { recordedWeeksOf, requestText, type WeekOptions } from './week-options';
import { countKinds, WeekRuns } from './week-runs';
import { WeeksCommand } from './weeks-command';

interface DeleteCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

type Result = WeekResult<ArchivalRecord, DeleteOutcome>;

/** `archiver delete`: options → recorded weeks → one use case a week → summary. */
@Command({ name: 'delete', description: 'deletes archived and verified rows from the table' })
export class DeleteCommand extends WeeksCommand {
  constructor(
    private readonly records: ArchivalRecords,
    private readonly deleteWeek: DeleteWeek,
    private readonly runs: WeekRuns,
    private readonly options: ArchiveOptions,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: DeleteCommandOptions): Promise<void> {
    const wanted = await recordedWeeksOf(asked, this.options);
    await this.runs.open();
    const weeks = await this.records.find(wanted);
    const undeleted = weeks.filter(({ deletion }) => deletion !== 'SUCCESS');
    const progress = this.output.progress(
      'rows deleted',
      undeleted.reduce((sum, { rows }) => sum + rows, 0),
    );
    const request = requestText('delete', asked);
    const results = await this.runs.each<ArchivalRecord, DeleteOutcome>(weeks, (week) =>
      this.deleteWeek.execute(week, {
        request,
        signal: this.runs.signal,
        dryRun: asked.dryRun ?? false,
        onDeleted: (rows) => progress.advance(rows),
      }),
    );
    this.output.endProgress();
    this.present(results, asked);
    const failed = results.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'pending').length;
    if (failed > 0) throw weeksFailed('could not be deleted', failed);
  }

  @Option({ flags: '--dry-run', description: 'verifies and counts, and changes nothing' })
  parseDryRun(): boolean {
    return true;
  }

  private present(results: readonly Result[], { json, dryRun = false }: DeleteCommandOptions): void {
    const deletedRows = results.reduce((sum, { outcome }) => sum + deletedBy(outcome), 0);
    const counts = countKinds(results);
    const totals = { weeks: results.length, ...counts, deletedRows };
    if (json) {
      const weeks = results.map(({ week, outcome }) => ({
        ...weekFields(week),
        outcome: outcome.kind,
        deletedRows: deletedBy(outcome),
        ...details(outcome),
      }));
      return this.output.json({ command: 'delete', dryRun, weeks, totals });
    }
    this.output.table(
      results.map(({ week, outcome }) => ({
        ...weekColumns(week),
        outcome: outcome.kind,
        'deleted rows': deletedBy(outcome),
        ...comparisonColumns(outcome),
      })),
    );
    const left = counts['cooling-off'] ?? 0;
    const cooling = left > 0 ? `; ${left} weeks were verified less than ARCHIVE_DELETE_AFTER ago and are left` : '';
    this.output.line(`deleted ${deletedRows} rows${dryRun ? ' (dry run)' : ''}${cooling}`);
  }
}

function deletedBy(outcome: DeleteOutcome): number {
  return outcome.kind === 'deleted' ? outcome.deletedRows : 0;
}

function details(outcome: DeleteOutcome): object {
  switch (outcome.kind) {
    case 'deleted':
      return { survivingRows: outcome.survivingRows, ...comparisonFields(outcome) };
    case 'cooling-off':
      return { deletableFrom: new Date(outcome.deletableFromMs).toISOString() };
    default:
      return comparisonFields(outcome);
  }
}
