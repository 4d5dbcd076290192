import { type OnApplicationShutdown } from '@nestjs/common';
import {
  KafkaClient,
  KafkaMessagePublisher,
  type KafkaSettings,
  KafkaTopicReader,
} from '@scorekeep/platform/adapter-kafka';
import { type Logger } from '@scorekeep/platform/util-logging';

/** What a replay reads and sends with. */
export class ReplayConnections implements OnApplicationShutdown {
  readonly reader: KafkaTopicReader;
  readonly publisher: KafkaMessagePublisher;

  constructor(settings: KafkaSettings, logger: Logger) {
    const client = new KafkaClient(settings, 'scorekeep-ingest', (level, text, fields) => logger[level](text, fields));
    this.reader = new KafkaTopicReader(client);
    this.publisher = new KafkaMessagePublisher(client);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.publisher.close();
    await this.reader.close();
  }
}
