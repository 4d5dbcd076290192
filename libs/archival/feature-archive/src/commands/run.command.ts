import { Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { weeksFailed } from '../archive-feature.errors';
import { ArchiveWeeks } from './archive-weeks';
import { type CommandSummary } from './command-summary';
import { DeleteWeeks } from './delete-weeks';
import { WantedWeeks } from './wanted-weeks';
import { type FormatName, requestText, requireFormat, type WeekOptions } from './week-options';
import { WeeksCommand } from './weeks-command';

interface RunCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

/** `archiver run`: what `archive` does, and then what `delete` does, for the same weeks. */
@Command({ name: 'run', description: 'archives, verifies and deletes what was verified long enough ago' })
export class RunCommand extends WeeksCommand {
  constructor(
    private readonly wanted: WantedWeeks,
    private readonly archiveWeeks: ArchiveWeeks,
    private readonly deleteWeeks: DeleteWeeks,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: RunCommandOptions): Promise<void> {
    const { dryRun = false } = asked;
    const wanted = await this.wanted.toArchive(asked);
    const request = requestText('run', asked);
    const archived = dryRun
      ? await this.archiveWeeks.preview(wanted)
      : await this.archiveWeeks.execute(wanted, request);
    const deleted = await this.deleteWeeks.execute(wanted, request, dryRun);
    if (asked.json) {
      this.output.json({ command: 'run', dryRun, archive: resultOf(archived), delete: resultOf(deleted) });
    } else {
      for (const { table, sentence } of [archived, deleted]) {
        this.output.table(table);
        this.output.line(sentence);
      }
    }
    const failed = archived.failed + deleted.failed;
    if (failed > 0) throw weeksFailed('could not be archived or deleted', failed);
  }

  @Option({ flags: '--force', description: 'archives again what is archived, from the table and the objects together' })
  parseForce(): boolean {
    return true;
  }

  @Option({ flags: '--format <format>', description: 'of the objects: csv (csv.gz) or parquet; default: csv' })
  parseFormat(value: string): FormatName {
    return requireFormat(value);
  }

  @Option({ flags: '--dry-run', description: 'only says what there is to do' })
  parseDryRun(): boolean {
    return true;
  }
}

function resultOf({ weeks, totals }: CommandSummary): Pick<CommandSummary, 'weeks' | 'totals'> {
  return { weeks, totals };
}
