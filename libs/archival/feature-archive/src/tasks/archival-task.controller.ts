import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@scorekeep/core/contract-events';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { ArchivalTaskHandler } from './archival-task.handler';

/** The edge to Kafka: a few tasks of one partition. */
@Controller()
export class ArchivalTaskController {
  constructor(private readonly handler: ArchivalTaskHandler) {}

  @EventPattern(topics.archivalTask)
  async onTasks(@Payload() records: readonly ConsumedRecord[]): Promise<readonly RecordOutcome[]> {
    return this.handler.handle(records);
  }
}
