import { type BatchWeek, parseIsoWeek } from '@scorekeep/core/domain-archive';
import { Output, UsageError } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner, Option } from 'nest-commander';
import { ArchivedWeeks } from '../archived-weeks';
import { weeksFailed } from '../archive-feature.errors';
import { type RestoreOutcome, RestoreWeek } from '../restore-week.use-case';
import { AdoptObjects } from './adopt-objects';
import { type WeekResult } from './run-weeks';
import { WantedWeeks } from './wanted-weeks';
import { parseWeek, weekColumns, weekFields } from './week-names';
import { batchesOf, requestText, type WeekOptions } from './week-options';
import { countKinds, WeekRuns } from './week-runs';

interface RestoreCommandOptions extends Pick<WeekOptions, 'batch' | 'collection' | 'batchFile' | 'json'> {
  readonly week?: string;
  readonly dryRun?: boolean;
}

type Result = WeekResult<BatchWeek, RestoreOutcome>;

/** `archiver restore`: options → weeks with objects → one use case a week → summary. */
@Command({ name: 'restore', description: 'puts archived rows of a batch back into the table; the objects stay' })
export class RestoreCommand extends CommandRunner {
  constructor(
    private readonly wanted: WantedWeeks,
    private readonly adoptObjects: AdoptObjects,
    private readonly archivedWeeks: ArchivedWeeks,
    private readonly restoreWeek: RestoreWeek,
    private readonly runs: WeekRuns,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: RestoreCommandOptions): Promise<void> {
    if (asked.batch === undefined) throw new UsageError('--batch must be given: what is restored is asked for by name');
    const request = requestText('restore', asked);
    await this.adoptFirst(asked, request);
    const { batches = [] } = await this.wanted.recorded(asked);
    const week = asked.week === undefined ? undefined : parseIsoWeek(asked.week);
    const weeks = await this.archivedWeeks.find(batches, week);
    const progress = this.output.progress('rows restored');
    const results = await this.runs.each<BatchWeek, RestoreOutcome>(weeks, (each) =>
      this.restoreWeek.execute(each, {
        request,
        signal: this.runs.signal,
        dryRun: asked.dryRun ?? false,
        onRows: (rows) => progress.advance(rows),
      }),
    );
    this.output.endProgress();
    this.present(results, asked);
    const failed = results.filter(({ outcome: { kind } }) => kind === 'failed').length;
    if (failed > 0) throw weeksFailed('could not be restored', failed);
  }

  @Option({ flags: '--batch <batch>', description: 'the batch' })
  parseBatch(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--collection <collection>', description: 'only this collection of it' })
  parseCollection(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--week <week>', description: 'only this ISO week, like 2021-22' })
  parseWeek(value: string): string {
    return parseWeek(value);
  }

  @Option({ flags: '--dry-run', description: 'reads everything that would be restored, and changes nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'the result as JSON, on one line' })
  parseJson(): boolean {
    return true;
  }

  /** What Sunbird archived of the batch is restored too, or nothing is. */
  private async adoptFirst(asked: RestoreCommandOptions, request: string): Promise<void> {
    const batches = await batchesOf(asked);
    await this.runs.open();
    const adopted = await this.adoptObjects.execute(batches, request, asked.dryRun ?? false);
    const failed = adopted.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'busy').length;
    if (failed > 0) throw weeksFailed('of Sunbird could not be read; nothing was restored', failed);
    if (adopted.length > 0) this.output.note(`${adopted.length} objects that Sunbird archived are restored as well`);
  }

  private present(results: readonly Result[], { json, dryRun = false }: RestoreCommandOptions): void {
    const restoredRows = results.reduce((sum, { outcome }) => sum + restoredBy(outcome), 0);
    const archivedRows = results.reduce((sum, { outcome }) => sum + restorableOf(outcome), 0);
    const totals = { weeks: results.length, ...countKinds(results), ...(dryRun ? { archivedRows } : { restoredRows }) };
    if (json) {
      const weeks = results.map(({ week, outcome }) => ({ ...weekFields(week), ...facts(outcome) }));
      return this.output.json({ command: 'restore', dryRun, weeks, totals });
    }
    this.output.table(
      results.map(({ week, outcome }) => ({
        ...weekColumns(week),
        outcome: outcome.kind,
        ...(dryRun ? { 'archived rows': restorableOf(outcome) } : { 'restored rows': restoredBy(outcome) }),
      })),
    );
    const done = dryRun
      ? `of ${archivedRows} archived rows those would be restored that the table does not have (dry run)`
      : `restored ${restoredRows} rows`;
    this.output.line(results.length === 0 ? 'nothing is archived' : done);
  }
}

function restoredBy(outcome: RestoreOutcome): number {
  return outcome.kind === 'restored' ? outcome.restoredRows : 0;
}

/** Of a dry run. */
function restorableOf(outcome: RestoreOutcome): number {
  return outcome.kind === 'restorable' ? outcome.archivedRows : 0;
}

function facts({ kind, ...outcome }: RestoreOutcome): object {
  if ('error' in outcome) return { outcome: kind, error: outcome.error.message };
  return { outcome: kind, ...outcome };
}
