import { type DynamicModule } from '@nestjs/common';
import { ReplayFailed, ReplayFailedCommand, ReplayOptions } from '@scorekeep/ingest/feature-replay';
import { groupIdOf, KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { MessagePublisher, TopicReader } from '@scorekeep/platform/domain-messaging';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { loadIngestSettings } from './ingest.settings';
import { ReplayConnections } from './replay-connections';
import { UntilCaughtUpCommand } from './until-caught-up.command';

/** The commands and what they need. Nothing connects before a command asks something. */
export class CommandModule {
  /** @throws SettingsError with every problem */
  static load(): DynamicModule {
    const settings = loadIngestSettings();
    const level = settings.get(LoggingSettings).LOG_LEVEL;
    const kafka = settings.get(KafkaSettings);
    const connections = new ReplayConnections(kafka, createLogger({ name: 'ingest', level, destination: 'stderr' }));
    const options: ReplayOptions = { topicPrefix: kafka.KAFKA_TOPIC_PREFIX, groupId: groupIdOf(kafka, 'ingest') };
    return {
      module: CommandModule,
      providers: [
        UntilCaughtUpCommand,
        ReplayFailedCommand,
        ReplayFailed,
        { provide: ReplayConnections, useValue: connections },
        { provide: TopicReader, useValue: connections.reader },
        { provide: MessagePublisher, useValue: connections.publisher },
        { provide: ReplayOptions, useValue: options },
      ],
    };
  }
}
