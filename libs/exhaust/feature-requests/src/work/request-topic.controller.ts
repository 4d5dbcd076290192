import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { parseExhaustRequest, topics } from '@scorekeep/core/contract-events';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { RequestWorker } from './request-worker';

/** The edge to Kafka. A record is only a call to look: what is to be done stands in the request, so it is done with at once. */
@Controller()
export class RequestTopicController {
  constructor(private readonly worker: RequestWorker) {}

  @EventPattern(topics.exhaustRequest)
  onBatch(@Payload() records: readonly ConsumedRecord[]): readonly RecordOutcome[] {
    return records.map(({ value }) => {
      const key = parseExhaustRequest(value);
      if (!key) return { kind: 'skip', reason: 'no request' };
      this.worker.offer(key);
      return { kind: 'done' };
    });
  }
}
