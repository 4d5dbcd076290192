import { Interruption, Output, UsageError, wholeNumber } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner, Option } from 'nest-commander';
import { DataConnections } from '../data-connections.port';
import { different, unitsFailed } from '../data.errors';
import { MigrateScores, type ScoresReport } from '../scores/migrate-scores.use-case';
import { batchesOf } from './batches-of';
import { partsProgress } from './parts-progress';

interface ScoresOptions {
  readonly batch?: string;
  readonly batchFile?: string;
  readonly dryRun?: boolean;
  readonly verify?: boolean;
  readonly json?: boolean;
  readonly findings?: string;
  readonly rate?: number;
  readonly parallel?: number;
  readonly ranges?: number;
}

/** `migrator scores`: options → use case → summary. */
@Command({
  name: 'scores',
  description: 'fills attempts and scores from live rows, archived objects and the list of Sunbird’s own job',
})
export class ScoresCommand extends CommandRunner {
  constructor(
    private readonly migrateScores: MigrateScores,
    private readonly connections: DataConnections,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_words: string[], asked: ScoresOptions): Promise<void> {
    const { verify = false, dryRun = false, json = false } = asked;
    const dry = verify || dryRun;
    const wanted = requestOf(asked);
    await this.connections.open(true);
    const signal = this.interruption.signal;
    const report = await this.migrateScores.execute({
      ...wanted,
      dry,
      signal,
      ...partsProgress(this.output, 'parts migrated'),
    });
    this.output.endProgress();
    if (json) this.output.json({ command: 'scores', dryRun, verify, ...report });
    else this.print(report, dry);
    if (report.failed.length > 0) throw unitsFailed(report.failed);
    if (verify && report.changed > 0) throw different('learners differ from what is stored of them', report.changed);
  }

  private print({ learners, attempts, changed, unchanged, conflicts, rejects }: ScoresReport, dry: boolean): void {
    this.output.table([
      { what: 'learners', count: learners },
      { what: dry ? '  would be changed' : '  changed', count: changed },
      { what: '  unchanged', count: unchanged },
      { what: 'attempts kept', count: attempts.kept },
      { what: '  live rows', count: attempts.rows },
      { what: '  rows in archived objects', count: attempts.scorekeepObjects },
      { what: '  rows in archived objects of Sunbird', count: attempts.referenceObjects },
      { what: '  in agg_details', count: attempts.aggDetails },
      { what: 'placeholders left', count: attempts.placeholders },
      { what: 'conflicts', count: conflicts },
      { what: 'rejects', count: rejects },
    ]);
  }

  @Option({ flags: '--batch <batch>', description: 'only this batch' })
  parseBatch(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--batch-file <file>', description: 'only the batches in the file, an id a line' })
  parseBatchFile(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--dry-run', description: 'counts what would change, and changes nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--verify', description: 'compares, changes nothing, and fails when anything differs' })
  parseVerify(): boolean {
    return true;
  }

  @Option({
    flags: '--findings <folder>',
    description: 'where rejects, conflicts and differences are listed (default migrator-scores)',
  })
  parseFindings(value: string): string {
    return value;
  }

  @Option({ flags: '--rate <learners>', description: 'most learners a second (default: no limit)' })
  parseRate(value: string): number {
    return wholeNumber(value, 1);
  }

  @Option({ flags: '--parallel <ranges>', description: 'token ranges at a time (default 8)' })
  parseParallel(value: string): number {
    return wholeNumber(value, 1);
  }

  @Option({ flags: '--ranges <ranges>', description: 'parts of the token ring (default 256)' })
  parseRanges(value: string): number {
    return wholeNumber(value, 1);
  }

  @Option({ flags: '--json', description: 'the result as JSON' })
  parseJson(): boolean {
    return true;
  }
}

/** @throws UsageError */
function requestOf(asked: ScoresOptions) {
  const { findings = 'migrator-scores', ranges = 256, parallel = 8, rate } = asked;
  const batches = batchesOf(asked);
  return {
    ...{ findingsFolder: findings, ranges, parallel },
    ...(batches ? { batches } : {}),
    ...(rate === undefined ? {} : { rate }),
  };
}
