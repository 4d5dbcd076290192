import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@scorekeep/core/contract-events';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AssessBatchHandler } from './assess-batch.handler';
import { OutcomeMonitor } from './outcome-monitor.port';

/** The edge to Kafka: a micro-batch of one partition of the assess topic. */
@Controller()
export class AssessController {
  constructor(
    private readonly handler: AssessBatchHandler,
    private readonly monitor: OutcomeMonitor,
  ) {}

  @EventPattern(topics.assess)
  async onBatch(@Payload() records: readonly ConsumedRecord[]): Promise<readonly RecordOutcome[]> {
    const outcomes = await this.handler.handle(records);
    this.monitor.onOutcomes(outcomes);
    return outcomes;
  }
}
