import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { type INestMicroservice } from '@nestjs/common';
import { CatalogueConnection, CatalogueSettings } from '@scorekeep/core/adapter-catalogue';
import {
  AggDetailsSettings,
  CassandraAttemptRows,
  CassandraScoreBook,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type AdmissionOptions, FittingPublisher, type IngestOptions } from '@scorekeep/ingest/feature-attempts';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import {
  type ConsumerStatus,
  groupIdOf,
  KafkaBatchServer,
  KafkaClient,
  KafkaMessagePublisher,
  KafkaSettings,
  KafkaTopics,
  PassErrorsFilter,
  type PartitionOffsets,
} from '@scorekeep/platform/adapter-kafka';
import { parseDurationMs, type Settings } from '@scorekeep/platform/util-config';
import { type AppError } from '@scorekeep/platform/util-errors';
import { type Logger, NestLogger } from '@scorekeep/platform/util-logging';
import { AppModule } from './app.module';
import { type IngestMetrics } from './ingest-metrics';
import { IngestReporting } from './ingest-reporting';
import { IngestSettings } from './ingest.settings';
import { ThreadedRecordReader } from './reading/threaded-record-reader';

/** How long a question to brokers that hang may hold up the end: it has no effect that could be lost. */
const HANGING_LIMIT_MS = 1_000;

export interface IngestParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: IngestMetrics;
  /** Called once when the consumer cannot go on. */
  readonly onDead: (error: AppError) => void;
}

/** The consumer with its connections. `open`, then `start`; `close` drains before it disconnects. */
export class IngestProcess {
  readonly kafka: KafkaClient;
  private readonly session: CassandraSession;
  private readonly publisher: KafkaMessagePublisher;
  private readonly topics: KafkaTopics;
  private readonly server: KafkaBatchServer;
  private readonly catalogue: CatalogueConnection;
  private readonly reporting: IngestReporting;
  private reader: ThreadedRecordReader | undefined;
  private microservice: INestMicroservice | undefined;

  constructor(private readonly parts: IngestParts) {
    const { settings, logger, metrics } = parts;
    const kafka = settings.get(KafkaSettings);
    this.kafka = new KafkaClient(kafka, 'scorekeep-ingest', (level, message, fields) => logger[level](message, fields));
    this.publisher = new KafkaMessagePublisher(this.kafka);
    this.topics = new KafkaTopics(this.kafka);
    this.session = new CassandraSession(settings.get(CassandraSettings), {
      onQueryStart: (kind) => metrics.onQueryStart(kind),
      onQuery: (kind, seconds, ok) => metrics.onQuery(kind, seconds, ok),
      log: (level, message) => logger[level](message),
    });
    this.catalogue = new CatalogueConnection(settings.get(CatalogueSettings), (error) =>
      logger.warn('Redis (REDIS_URL) failed', { error }),
    );
    this.reporting = new IngestReporting({
      ...{ logger, metrics, offsets: this.topics, groupId: groupIdOf(kafka, 'ingest') },
      topic: fullTopicName(kafka.KAFKA_TOPIC_PREFIX, topics.assess),
      consumerStatus: () => this.consumerStatus(),
    });
    this.server = this.batchServer(kafka);
  }

  /** @throws CASSANDRA.*, KAFKA.*: naming address and setting */
  async open(): Promise<void> {
    await this.session.connect();
    await this.kafka.check();
  }

  /** Begins to consume. */
  async start(): Promise<void> {
    const { settings, logger, metrics } = this.parts;
    const options = this.options();
    const admission = this.admission();
    const fields = await this.session.fieldsOf('question');
    this.reader = new ThreadedRecordReader({ ...options, limits: admission.limits, fields });
    const module = AppModule.with({
      book: new CassandraScoreBook(this.session),
      rows: new CassandraAttemptRows(this.session, settings.get(LayoutSettings).STORAGE_LAYOUT),
      reader: this.reader,
      catalogue: this.catalogue.catalogue,
      publisher: this.publisher,
      monitor: metrics,
      options,
      admission,
    });
    this.microservice = await NestFactory.createMicroservice(module, {
      strategy: this.server,
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    this.microservice.useGlobalFilters(new PassErrorsFilter());
    await this.microservice.listen();
    this.reporting.start(parseDurationMs(settings.get(IngestSettings).INGEST_LOG_INTERVAL));
  }

  consumerStatus(): ConsumerStatus | undefined {
    return this.server.consumerStatus();
  }

  async untilCaughtUp(topic: string, target: PartitionOffsets): Promise<void> {
    await this.server.untilCaughtUp(topic, target);
  }

  /** @throws when Cassandra does not answer */
  async checkCassandra(): Promise<void> {
    await this.session.one({ cql: 'SELECT release_version FROM system.local', idempotent: true }, []);
  }

  /** @throws when a configured Redis does not answer */
  async checkRedis(): Promise<void> {
    await this.catalogue.check();
  }

  /** Stops fetching, finishes and commits what was begun, then lets connections go, in this order. May be called twice. */
  async close(): Promise<void> {
    await this.microservice?.close();
    this.reporting.stop();
    await this.reader?.close();
    await this.publisher.close();
    await this.session.close();
    this.catalogue.close();
    await Promise.race([this.topics.close(), delay(HANGING_LIMIT_MS, undefined, { ref: false })]);
  }

  private batchServer(kafka: KafkaSettings): KafkaBatchServer {
    const { logger, onDead } = this.parts;
    return new KafkaBatchServer({
      client: this.kafka,
      publisher: new FittingPublisher(this.publisher, (topic, bytes, keptBytes) =>
        logger.warn('a dead letter was cut to fit its topic', { topic, bytes, keptBytes }),
      ),
      topicPrefix: kafka.KAFKA_TOPIC_PREFIX,
      groupId: groupIdOf(kafka, 'ingest'),
      onDead,
      onBatch: (report) => this.reporting.onBatch(report),
    });
  }

  private options(): IngestOptions {
    const { settings } = this.parts;
    return {
      layout: settings.get(LayoutSettings).STORAGE_LAYOUT,
      maxAttempts: settings.get(IngestSettings).ATTEMPTS_PER_LEARNER_MAX,
      aggDetailsTimeZone: settings.get(AggDetailsSettings).AGG_DETAILS_TIME_ZONE,
      topicPrefix: settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX,
      nowMs: Date.now,
    };
  }

  private admission(): AdmissionOptions {
    const settings = this.parts.settings.get(IngestSettings);
    if (settings.ASSESSMENT_SKIP_MISSING_RECORDS && !this.catalogue.isConfigured) {
      this.parts.logger.warn('ASSESSMENT_SKIP_MISSING_RECORDS does nothing without REDIS_URL or CONTENT_API_URL');
    }
    return {
      limits: { maxBytes: settings.ASSESSMENT_MESSAGE_MAX_BYTES, maxAnswers: settings.ASSESSMENT_EVENTS_MAX },
      checksQuestionCount: settings.ASSESSMENT_SKIP_MISSING_RECORDS,
    };
  }
}
