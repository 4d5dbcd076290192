import { type DynamicModule, Module, type OnModuleDestroy } from '@nestjs/common';
import { SchemaMigrator } from '@scorekeep/core/adapter-cassandra';
import { allTopicNames } from '@scorekeep/core/contract-events';
import { SchemaChanges, TopicAdministration, TopicPlan, TopicsSettings } from '@scorekeep/migration/feature-schema';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { KafkaClient, KafkaSettings, KafkaTopics } from '@scorekeep/platform/adapter-kafka';
import { type Settings } from '@scorekeep/platform/util-config';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';

/** What the feature's ports are bound to. Each server is connected to when a command first needs it. */
@Module({})
export class AdaptersModule implements OnModuleDestroy {
  constructor(
    private readonly session: CassandraSession,
    private readonly kafka: KafkaTopics,
  ) {}

  static with(settings: Settings): DynamicModule {
    const { LOG_LEVEL: level } = settings.get(LoggingSettings);
    const logger = createLogger({ name: 'migrator', level, destination: 'stderr' });
    const cassandra = settings.get(CassandraSettings);
    const session = new CassandraSession(cassandra, { keyspace: null, log: (at, message) => logger[at](message) });
    const kafka = settings.get(KafkaSettings);
    const topics = new KafkaTopics(
      new KafkaClient(kafka, 'migrator', (at, message, fields) => logger[at](message, fields)),
    );
    const schemaChanges: SchemaChanges = new SchemaMigrator(session, cassandra);
    const administration: TopicAdministration = topics;
    const plan = new TopicPlan(
      allTopicNames(kafka.KAFKA_TOPIC_PREFIX),
      settings.get(TopicsSettings).KAFKA_TOPIC_PARTITIONS,
    );
    return {
      module: AdaptersModule,
      providers: [
        { provide: CassandraSession, useValue: session },
        { provide: KafkaTopics, useValue: topics },
        { provide: SchemaChanges, useValue: schemaChanges },
        { provide: TopicAdministration, useValue: administration },
        { provide: TopicPlan, useValue: plan },
      ],
      exports: [SchemaChanges, TopicAdministration, TopicPlan],
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.session.close();
    await this.kafka.close();
  }
}
