import { ReportProducers, ReportSink } from '@scorekeep/core/domain-exhaust';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { Command } from 'nest-commander';
import { ReportCommand } from './report.command';

/** `exhaust response`. */
@Command({ name: 'response', description: 'writes every attempt of a batch, with its answers, to a file' })
export class ResponseCommand extends ReportCommand {
  protected override readonly dataset = 'response-exhaust';
  protected override readonly title = 'response report, % of the batch';

  // Its own, because dependencies are found by the types of a class's own constructor.
  constructor(producers: ReportProducers, sink: ReportSink, output: Output, interruption: Interruption) {
    super(producers, sink, output, interruption);
  }
}
