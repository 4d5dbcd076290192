import { Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { weeksFailed } from '../archive-feature.errors';
import { ArchiveWeeks } from './archive-weeks';
import { WantedWeeks } from './wanted-weeks';
import { type FormatName, requestText, requireFormat, type WeekOptions } from './week-options';
import { WeeksCommand } from './weeks-command';

interface ArchiveCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

/** `archiver archive`: options → plan → one use case a week → summary. */
@Command({ name: 'archive', description: 'copies the answers of complete weeks to object storage; deletes nothing' })
export class ArchiveCommand extends WeeksCommand {
  constructor(
    private readonly wanted: WantedWeeks,
    private readonly archive: ArchiveWeeks,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: ArchiveCommandOptions): Promise<void> {
    const request = await this.wanted.toArchive(asked);
    const { dryRun = false } = asked;
    const { table, sentence, failed, weeks, totals } = dryRun
      ? await this.archive.preview(request)
      : await this.archive.execute(request, requestText('archive', asked));
    if (asked.json) {
      this.output.json({ command: 'archive', dryRun, weeks, totals });
    } else {
      this.output.table(table);
      this.output.line(sentence);
    }
    if (failed > 0) throw weeksFailed('could not be archived', failed);
  }

  @Option({ flags: '--force', description: 'again what is archived, from the table and the objects together' })
  parseForce(): boolean {
    return true;
  }

  @Option({ flags: '--format <format>', description: 'of the objects: csv (csv.gz) or parquet; default: csv' })
  parseFormat(value: string): FormatName {
    return requireFormat(value);
  }

  @Option({ flags: '--dry-run', description: 'only says what there is to archive' })
  parseDryRun(): boolean {
    return true;
  }
}
