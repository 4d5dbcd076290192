import { Injectable } from '@nestjs/common';
import { exhaustRequestMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type ReportRequest } from '@scorekeep/core/domain-exhaust';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { RequestOptions } from '../request-options';
import { RequestMonitor } from '../request-monitor.port';

/** Tells the workers of a request. */
@Injectable()
export class AnnounceRequest {
  constructor(
    private readonly publisher: MessagePublisher,
    private readonly monitor: RequestMonitor,
    private readonly options: RequestOptions,
  ) {}

  /** Never fails: a request that no worker heard of is found by those who look for what nobody works on. */
  async execute(request: ReportRequest): Promise<void> {
    this.monitor.submitted(request);
    const topic = fullTopicName(this.options.topicPrefix, topics.exhaustRequest);
    try {
      await this.publisher.publish(topic, [{ key: request.requestId, value: exhaustRequestMessage(request) }]);
    } catch (error) {
      this.monitor.notAnnounced(request, error);
    }
  }
}
