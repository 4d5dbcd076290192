import { NestFactory } from '@nestjs/core';
import { type INestMicroservice } from '@nestjs/common';
import {
  connectRedis,
  CatalogueSettings,
  RedisCourseCatalogue,
  UnknownCourseCatalogue,
} from '@scorekeep/core/adapter-catalogue';
import { CassandraAttemptRows, CassandraScoreBook, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { type CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { type IngestOptions } from '@scorekeep/ingest/feature-attempts';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import {
  type ConsumerStatus,
  groupIdOf,
  KafkaBatchServer,
  KafkaClient,
  KafkaMessagePublisher,
  KafkaSettings,
  PassErrorsFilter,
  type PartitionOffsets,
} from '@scorekeep/platform/adapter-kafka';
import { type Settings } from '@scorekeep/platform/util-config';
import { type AppError } from '@scorekeep/platform/util-errors';
import { type Logger, NestLogger } from '@scorekeep/platform/util-logging';
import { AppModule } from './app.module';
import { type IngestMetrics } from './ingest-metrics';
import { IngestSettings } from './ingest.settings';

const CATALOGUE_CACHE = { cacheMs: 60_000, maxCourses: 10_000 };

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
  private readonly server: KafkaBatchServer;
  private readonly redis: ReturnType<typeof connectRedis> | undefined;
  private microservice: INestMicroservice | undefined;

  constructor(private readonly parts: IngestParts) {
    const { settings, logger, metrics, onDead } = parts;
    const kafka = settings.get(KafkaSettings);
    this.kafka = new KafkaClient(kafka, 'scorekeep-ingest', (level, message, fields) => logger[level](message, fields));
    this.publisher = new KafkaMessagePublisher(this.kafka);
    this.session = new CassandraSession(settings.get(CassandraSettings), {
      onQuery: (kind, seconds, ok) => metrics.onQuery(kind, seconds, ok),
      log: (level, message) => logger[level](message),
    });
    const { REDIS_URL, REDIS_RELATION_DB } = settings.get(CatalogueSettings);
    this.redis =
      REDIS_URL === undefined
        ? undefined
        : connectRedis(REDIS_URL, REDIS_RELATION_DB, (error) => logger.warn('Redis (REDIS_URL) failed', { error }));
    this.server = new KafkaBatchServer({
      client: this.kafka,
      publisher: this.publisher,
      topicPrefix: kafka.KAFKA_TOPIC_PREFIX,
      groupId: groupIdOf(kafka, 'ingest'),
      onDead,
      onBatch: (report) => {
        metrics.onBatch(report);
        logger.debug('micro-batch finished', { ...report });
      },
    });
  }

  /** @throws CASSANDRA.*, KAFKA.*: naming address and setting */
  async open(): Promise<void> {
    await this.session.connect();
    await this.kafka.check();
  }

  /** Begins to consume. */
  async start(): Promise<void> {
    const { settings, logger } = this.parts;
    const module = AppModule.with({
      book: new CassandraScoreBook(this.session),
      rows: new CassandraAttemptRows(this.session, settings.get(LayoutSettings).STORAGE_LAYOUT),
      catalogue: this.catalogue(),
      publisher: this.publisher,
      options: this.options(),
    });
    this.microservice = await NestFactory.createMicroservice(module, {
      strategy: this.server,
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    this.microservice.useGlobalFilters(new PassErrorsFilter());
    await this.microservice.listen();
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
    await this.redis?.ping();
  }

  /** Stops fetching, finishes and commits what was begun, then lets connections go, in this order. May be called twice. */
  async close(): Promise<void> {
    await this.microservice?.close();
    await this.publisher.close();
    await this.session.close();
    this.redis?.disconnect();
  }

  private catalogue(): CourseCatalogue {
    if (!this.redis) return new UnknownCourseCatalogue();
    return new RedisCourseCatalogue(this.redis, { ...CATALOGUE_CACHE, nowMs: Date.now });
  }

  private options(): IngestOptions {
    const { settings } = this.parts;
    return {
      layout: settings.get(LayoutSettings).STORAGE_LAYOUT,
      maxAttempts: settings.get(IngestSettings).ATTEMPTS_PER_LEARNER_MAX,
      aggDetailsTimeZone: settings.get(IngestSettings).AGG_DETAILS_TIME_ZONE,
      topicPrefix: settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX,
      nowMs: Date.now,
    };
  }
}
