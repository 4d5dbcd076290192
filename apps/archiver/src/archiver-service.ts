import { type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ArchivalMonitor,
  ArchiveConnections,
  ArchiveSettings,
  FeatureTasksModule,
  TaskOptions,
} from '@scorekeep/archival/feature-archive';
import { type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import { CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import {
  type ConsumerStatus,
  groupIdOf,
  KafkaBatchServer,
  KafkaClient,
  KafkaMessagePublisher,
  KafkaSettings,
  PassErrorsFilter,
} from '@scorekeep/platform/adapter-kafka';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { InterruptedError } from '@scorekeep/platform/util-cli';
import { parseDurationMs } from '@scorekeep/platform/util-config';
import { type AppError } from '@scorekeep/platform/util-errors';
import { type Logger, NestLogger } from '@scorekeep/platform/util-logging';
import { AdaptersModule } from './adapters.module';
import { type ArchiverMetrics } from './archiver-metrics';
import { Schedule } from './schedule';
import { scheduleOf, ScheduleSettings } from './schedule.settings';

/** A killed instance's tasks come again: few at a time are few to do again. */
const TASKS_AT_ONCE = 4;
const TASK_BYTES = 1024 * 1024;

const SELECT_VERSION: Statement = { cql: 'SELECT release_version FROM system.local', idempotent: true };

export interface ArchiverParts {
  readonly configuration: ConfigurationWithStore;
  readonly logger: Logger;
  readonly metrics: ArchiverMetrics;
  readonly toolVersion: string;
  /** Called once when the consumer cannot go on. */
  readonly onDead: (error: AppError) => void;
}

/** The task worker and the schedule with their connections. `build`, `open`, `start`; `close` drains. */
export class ArchiverService {
  readonly kafka: KafkaClient;
  private readonly publisher: KafkaMessagePublisher;
  private readonly server: KafkaBatchServer;
  private readonly stopping = new AbortController();
  private readonly schedule: Schedule | undefined;
  private microservice: INestMicroservice | undefined;

  constructor(private readonly parts: ArchiverParts) {
    const { configuration, logger, onDead } = parts;
    const kafka = configuration.settings.get(KafkaSettings);
    this.kafka = new KafkaClient(kafka, 'scorekeep-archiver', (level, message, fields) =>
      logger[level](message, fields),
    );
    this.publisher = new KafkaMessagePublisher(this.kafka);
    this.server = new KafkaBatchServer({
      client: this.kafka,
      publisher: this.publisher,
      topicPrefix: kafka.KAFKA_TOPIC_PREFIX,
      groupId: groupIdOf(kafka, 'archiver'),
      onDead,
      consumer: { microBatch: { maxRecords: TASKS_AT_ONCE, maxBytes: TASK_BYTES } },
    });
    const expression = scheduleOf(configuration.settings.get(ScheduleSettings));
    if (expression !== undefined) {
      const { publisher } = this;
      const topicPrefix = kafka.KAFKA_TOPIC_PREFIX;
      this.schedule = new Schedule({ expression, topicPrefix, publisher, logger, nowMs: Date.now });
    }
  }

  /** Puts everything together; connects nothing. */
  async build(): Promise<void> {
    const { configuration, logger, metrics, toolVersion } = this.parts;
    const adapters = AdaptersModule.with(configuration, toolVersion, {
      logger,
      onQuery: (kind, seconds, ok) => metrics.onQuery(kind, seconds, ok),
      ports: [
        { provide: ArchivalMonitor, useValue: metrics },
        { provide: MessagePublisher, useValue: this.publisher },
        { provide: TaskOptions, useValue: this.taskOptions() },
      ],
    });
    this.microservice = await NestFactory.createMicroservice(FeatureTasksModule.with([adapters]), {
      strategy: this.server,
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    this.microservice.useGlobalFilters(new PassErrorsFilter());
  }

  /** @throws CASSANDRA.*, STORAGE.*, KAFKA.*: naming address and setting */
  async open(): Promise<void> {
    await this.part(ArchiveConnections).open();
    await this.kafka.check();
  }

  /** Begins to consume, and to ask for plans. */
  async start(): Promise<void> {
    await this.microservice?.listen();
    this.schedule?.start();
  }

  consumerStatus(): ConsumerStatus | undefined {
    return this.server.consumerStatus();
  }

  /** @throws when Cassandra does not answer */
  async checkCassandra(): Promise<void> {
    await this.part(CassandraSession).one(SELECT_VERSION, []);
  }

  /** @throws when the store does not answer */
  async checkStorage(): Promise<void> {
    await this.part(ArchiveStorage).check();
  }

  /** No more plans; weeks under way are given back; then connections go. */
  async close(): Promise<void> {
    this.stopping.abort(new InterruptedError('SIGTERM'));
    await this.schedule?.stop();
    await this.microservice?.close();
    await this.publisher.close();
  }

  private part<T>(token: abstract new (...args: never[]) => T): T {
    if (!this.microservice) throw new Error('the service is not built');
    return this.microservice.get<T>(token, { strict: false });
  }

  private taskOptions(): TaskOptions {
    const { settings } = this.parts.configuration;
    return {
      topicPrefix: settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX,
      signal: this.stopping.signal,
      graceMs: parseDurationMs(settings.get(ArchiveSettings).ARCHIVE_WEEK_GRACE),
      nowMs: Date.now,
    };
  }
}
