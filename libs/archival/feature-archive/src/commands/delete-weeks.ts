import { Injectable } from '@nestjs/common';
import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { Output } from '@scorekeep/platform/util-cli';
import { ArchivalRecords } from '../archival-records';
import { type DeleteOutcome, DeleteWeek } from '../delete-week.use-case';
import { type RemovalOutcome, RemoveReplaced } from '../remove-replaced.use-case';
import { type RecordedWeeksRequest } from '../selection/week-selection';
import { type CommandSummary } from './command-summary';
import { comparisonColumns, comparisonFields } from './comparison-facts';
import { type WeekResult } from './run-weeks';
import { weekColumns, weekFields } from './week-names';
import { countKinds, WeekRuns } from './week-runs';

/** What became of a week's rows, and of what a later iteration of it replaced. */
type Outcome = DeleteOutcome & { readonly removal?: RemovalOutcome };
type Result = WeekResult<ArchivalRecord, Outcome>;

/** Recorded weeks, one use case each; for `delete` and for `run`. */
@Injectable()
export class DeleteWeeks {
  constructor(
    private readonly records: ArchivalRecords,
    private readonly deleteWeek: DeleteWeek,
    private readonly removeReplaced: RemoveReplaced,
    private readonly runs: WeekRuns,
    private readonly output: Output,
  ) {}

  /** @param request the command line, recorded when a week fails */
  async execute(wanted: RecordedWeeksRequest, request: string, dryRun: boolean): Promise<CommandSummary> {
    const weeks = await this.records.find(wanted);
    const undeleted = weeks.filter(({ deletion }) => deletion !== 'SUCCESS');
    const progress = this.output.progress(
      'rows deleted',
      undeleted.reduce((sum, { rows }) => sum + rows, 0),
    );
    const onDeleted = (rows: number): void => progress.advance(rows);
    const results = await this.runs.each<ArchivalRecord, Outcome>(weeks, async (week) => {
      const outcome = await this.deleteWeek.execute(week, { request, signal: this.runs.signal, dryRun, onDeleted });
      return dryRun || outcome.kind === 'failed' ? outcome : this.withRemoval(week, outcome);
    });
    this.output.endProgress();
    return summaryOf(results, dryRun);
  }

  private async withRemoval(week: ArchivalRecord, outcome: DeleteOutcome): Promise<Outcome> {
    const removal = await this.removeReplaced.execute(week);
    return removal.kind === 'nothing' ? outcome : { ...outcome, removal };
  }
}

function summaryOf(results: readonly Result[], dryRun: boolean): CommandSummary {
  const deletedRows = results.reduce((sum, { outcome }) => sum + deletedBy(outcome), 0);
  const counts = countKinds(results);
  const left = counts['cooling-off'] ?? 0;
  const cooling = left > 0 ? `; ${left} weeks were verified less than ARCHIVE_DELETE_AFTER ago and are left` : '';
  return {
    weeks: results.map(({ week, outcome }) => ({
      ...weekFields(week),
      outcome: outcome.kind,
      deletedRows: deletedBy(outcome),
      ...details(outcome),
      ...removalFields(outcome.removal),
    })),
    totals: { weeks: results.length, ...counts, deletedRows },
    table: results.map(({ week, outcome }) => ({
      ...weekColumns(week),
      outcome: outcome.kind,
      'deleted rows': deletedBy(outcome),
      ...comparisonColumns(outcome),
    })),
    sentence: `deleted ${deletedRows} rows${dryRun ? ' (dry run)' : ''}${cooling}`,
    failed: results.filter(({ outcome }) => isFailure(outcome)).length,
  };
}

function isFailure({ kind, removal }: Outcome): boolean {
  return kind === 'failed' || kind === 'pending' || removal?.kind === 'failed';
}

function deletedBy(outcome: DeleteOutcome): number {
  return outcome.kind === 'deleted' ? outcome.deletedRows : 0;
}

function details(outcome: DeleteOutcome): object {
  switch (outcome.kind) {
    case 'cooling-off':
      return { deletableFrom: new Date(outcome.deletableFromMs).toISOString() };
    default:
      return comparisonFields(outcome);
  }
}

function removalFields(removal: RemovalOutcome | undefined): object {
  switch (removal?.kind) {
    case 'removed':
      return { removedObjects: removal.objects };
    case 'waiting':
      return { replacedObjectsRemovableFrom: new Date(removal.removableFromMs).toISOString() };
    case 'failed':
      return { removalError: removal.error.message };
    default:
      return {};
  }
}
