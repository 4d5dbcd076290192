import { ReportProducers, ReportSink } from '@scorekeep/core/domain-exhaust';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { Command } from 'nest-commander';
import { ReportCommand } from './report.command';

/** `exhaust progress`. */
@Command({ name: 'progress', description: 'writes how far every learner of a batch got, and their scores, to a file' })
export class ProgressCommand extends ReportCommand {
  protected override readonly dataset = 'progress-exhaust';
  protected override readonly title = 'progress report, % of the batch';

  // Its own, because dependencies are found by the types of a class's own constructor.
  constructor(producers: ReportProducers, sink: ReportSink, output: Output, interruption: Interruption) {
    super(producers, sink, output, interruption);
  }
}
