import { Command, CommandRunner, Option } from 'nest-commander';
import { Interruption, Output, UsageError } from '@scorekeep/platform/util-cli';
import { ReplayFailed } from './replay-failed.use-case';
import { type ReplayReport } from './replay-report';

interface ReplayFailedOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

@Command({
  name: 'replay-failed',
  description: 'sends the events of the failed topic to the assess topic again, each once',
})
export class ReplayFailedCommand extends CommandRunner {
  constructor(
    private readonly replay: ReplayFailed,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_arguments: string[], { reason, dryRun = false, json }: ReplayFailedOptions): Promise<void> {
    const progress = this.output.progress('events looked at');
    const { signal } = this.interruption;
    const onProgress = (events: number): void => progress.advance(events);
    const report = await this.replay.execute({ reason, dryRun, signal, onProgress });
    this.output.endProgress();
    if (json) this.output.json({ dryRun, ...report });
    else this.print(report, dryRun);
  }

  @Option({
    flags: '--reason <reason>',
    description: 'only events whose reason contains this text, or is of this kind',
  })
  parseReason(reason: string): string {
    if (reason === '') throw new UsageError('It must not be empty.');
    return reason;
  }

  @Option({ flags: '--dry-run', description: 'count only: send and remember nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'print one JSON object at the end' })
  parseJson(): boolean {
    return true;
  }

  private print({ reasons, ...counts }: ReplayReport, dryRun: boolean): void {
    this.output.table(
      Object.entries(reasons)
        .sort(([, left], [, right]) => right - left)
        .map(([reason, events]) => ({ reason: reason || '(none given)', events })),
    );
    const { sent, alreadySent, seenBefore, otherReason, cut } = counts;
    const leftOut = [
      ...(seenBefore > 0 ? [`${seenBefore} seen by an earlier run`] : []),
      `${alreadySent} sent before`,
      `${otherReason} of other reasons`,
      `${cut} that were cut`,
    ];
    this.output.line(`${sent} events ${dryRun ? 'would be sent' : 'sent'}; left out: ${leftOut.join(', ')}`);
  }
}
