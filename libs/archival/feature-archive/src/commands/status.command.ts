import { Output } from '@scorekeep/platform/util-cli';
import { Command } from 'nest-commander';
import { ArchivalStatus, type WeekStatus } from '../archival-status.use-case';
import { ArchiveOptions } from '../archive-options';
import { recordedWeeksOf, type WeekOptions } from './week-options';
import { WeekRuns } from './week-runs';
import { WeeksCommand } from './weeks-command';

/** `archiver status`: what is recorded of batches and weeks. */
@Command({ name: 'status', description: 'shows batches, weeks, their states, rows and bytes' })
export class StatusCommand extends WeeksCommand {
  constructor(
    private readonly status: ArchivalStatus,
    private readonly runs: WeekRuns,
    private readonly options: ArchiveOptions,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: WeekOptions): Promise<void> {
    const wanted = await recordedWeeksOf(asked, this.options);
    await this.runs.open();
    const weeks = await this.status.execute(wanted);
    if (asked.json) return this.output.json({ weeks });
    this.output.table(weeks.map(tableRow));
    if (weeks.length === 0) this.output.line('nothing is archived');
    for (const { batchId, isoYear, isoWeek, error } of weeks) {
      if (error !== undefined) this.output.line(`batch ${batchId}, week ${isoYear}-${isoWeek}: ${error}`);
    }
  }
}

function tableRow({ batchId, collectionId, isoYear, isoWeek, ...rest }: WeekStatus) {
  const { archival, deletion, rows, bytes, objects } = rest;
  return {
    batch: batchId,
    collection: collectionId,
    week: `${isoYear}-${isoWeek}`,
    archival,
    deletion,
    rows,
    bytes,
    objects: objects.length,
  };
}
