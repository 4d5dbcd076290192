import { Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { weeksFailed } from '../archive-feature.errors';
import { DeleteWeeks } from './delete-weeks';
import { WantedWeeks } from './wanted-weeks';
import { requestText, type WeekOptions } from './week-options';
import { WeeksCommand } from './weeks-command';

interface DeleteCommandOptions extends WeekOptions {
  readonly dryRun?: boolean;
}

/** `archiver delete`: options → recorded weeks → one use case a week → summary. */
@Command({ name: 'delete', description: 'deletes archived and verified rows from the table, and replaced objects' })
export class DeleteCommand extends WeeksCommand {
  constructor(
    private readonly wanted: WantedWeeks,
    private readonly deleteWeeks: DeleteWeeks,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: DeleteCommandOptions): Promise<void> {
    const { dryRun = false } = asked;
    const wanted = await this.wanted.recorded(asked);
    const summary = await this.deleteWeeks.execute(wanted, requestText('delete', asked), dryRun);
    const { table, sentence, failed, weeks, totals } = summary;
    if (asked.json) {
      this.output.json({ command: 'delete', dryRun, weeks, totals });
    } else {
      this.output.table(table);
      this.output.line(sentence);
    }
    if (failed > 0) throw weeksFailed('could not be deleted', failed);
  }

  @Option({ flags: '--dry-run', description: 'verifies and counts, and changes nothing' })
  parseDryRun(): boolean {
    return true;
  }
}
