import { Interruption, Output, wholeNumber } from '@scorekeep/platform/util-cli';
import { CommandRunner, Option } from 'nest-commander';
import { DataConnections } from '../data-connections.port';
import { unitsFailed } from '../data.errors';
import { type LayoutReport, type LayoutRequest, MigrateLayout } from '../layouts/migrate-layout.use-case';
import { partsProgress } from './parts-progress';

export interface LayoutOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly rate?: number;
  readonly parallel?: number;
  readonly ranges?: number;
}

/** What `raw` and `unify` share. */
export abstract class LayoutCommand extends CommandRunner {
  constructor(
    private readonly migrateLayout: MigrateLayout,
    private readonly connections: DataConnections,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  protected async migrate(what: Pick<LayoutRequest, 'direction' | 'dropAnswers'>, asked: LayoutOptions): Promise<void> {
    const { dryRun: dry = false, json = false, ranges = 256, parallel = 4, rate } = asked;
    await this.connections.open(false);
    const report = await this.migrateLayout.execute({
      ...{ ...what, dry, ranges, parallel, signal: this.interruption.signal },
      ...(rate === undefined ? {} : { rate }),
      ...partsProgress(this.output, 'parts copied and compared'),
    });
    this.output.endProgress();
    if (json) this.output.json({ command: what.direction, dryRun: dry, ...report });
    else this.print(report, dry);
    if (report.failed.length > 0) throw unitsFailed(report.failed);
  }

  private print(report: LayoutReport, dry: boolean): void {
    this.output.table([
      { rows: dry ? 'to be copied' : 'copied', count: report.copied },
      { rows: 'compared, the same', count: report.same },
      { rows: 'written later in the new layout', count: report.newer },
      { rows: 'without answers', count: report.withoutAnswers },
      { rows: dry ? 'totals to be given back' : 'totals given back', count: report.givenBack },
      {
        rows: dry ? 'totals of archived answers, to be removed' : 'totals of archived answers, removed',
        count: report.removed,
      },
    ]);
    if (report.droppedAnswers) this.output.line('assessment_aggregator holds no answers any more.');
  }

  @Option({ flags: '--dry-run', description: 'counts what would be copied, and changes nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--rate <rows>', description: 'most rows copied a second (default: no limit)' })
  parseRate(value: string): number {
    return wholeNumber(value, 1);
  }

  @Option({ flags: '--parallel <ranges>', description: 'token ranges at a time (default 4)' })
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
