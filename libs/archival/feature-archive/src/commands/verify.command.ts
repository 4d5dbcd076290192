import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { ArchivalRecords } from '../archival-records';
import { weeksFailed } from '../archive-feature.errors';
import { type VerifyOutcome, VerifyWeek } from '../verify-week.use-case';
import { comparisonColumns, comparisonFields } from './comparison-facts';
import { type WeekResult } from './run-weeks';
import { WantedWeeks } from './wanted-weeks';
import { weekColumns, weekFields } from './week-names';
import { requestText, type WeekOptions } from './week-options';
import { countKinds, WeekRuns } from './week-runs';
import { WeeksCommand } from './weeks-command';

interface VerifyCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

type Result = WeekResult<ArchivalRecord, VerifyOutcome>;

/** `archiver verify`: options → recorded weeks → one use case a week → summary. */
@Command({
  name: 'verify',
  description: 'reads what was archived in full and compares it with its manifests and with the table',
})
export class VerifyCommand extends WeeksCommand {
  constructor(
    private readonly wanted: WantedWeeks,
    private readonly records: ArchivalRecords,
    private readonly verifyWeek: VerifyWeek,
    private readonly runs: WeekRuns,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: VerifyCommandOptions): Promise<void> {
    const weeks = await this.records.find(await this.wanted.recorded(asked));
    const progress = this.output.progress('weeks verified', weeks.length);
    const request = requestText('verify', asked);
    const results = await this.runs.each<ArchivalRecord, VerifyOutcome>(weeks, async (week) => {
      const outcome = await this.verifyWeek.execute(week, {
        request,
        signal: this.runs.signal,
        dryRun: asked.dryRun ?? false,
      });
      if (outcome.kind !== 'busy') progress.advance();
      return outcome;
    });
    this.output.endProgress();
    this.present(results, asked);
    const different = results.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'pending').length;
    if (different > 0) throw weeksFailed('did not pass verification', different);
  }

  @Option({ flags: '--dry-run', description: 'compares, and records nothing' })
  parseDryRun(): boolean {
    return true;
  }

  private present(results: readonly Result[], { json, dryRun = false }: VerifyCommandOptions): void {
    const counts = countKinds(results);
    const totals = { weeks: results.length, ...counts };
    if (json) {
      const weeks = results.map(({ week, outcome }) => ({
        ...weekFields(week),
        outcome: outcome.kind,
        ...comparisonFields(outcome),
      }));
      return this.output.json({ command: 'verify', dryRun, weeks, totals });
    }
    this.output.table(
      results.map(({ week, outcome }) => ({
        ...weekColumns(week),
        outcome: outcome.kind,
        ...comparisonColumns(outcome),
      })),
    );
    this.output.line(`verified ${counts['verified'] ?? 0} of ${totals.weeks} weeks`);
  }
}
