import { type DynamicModule, type Provider } from '@nestjs/common';
import { FeatureGroupModule, GroupAggregatesOptions } from '@scorekeep/content-state/feature-group';
import { ContentStateOptions, FeatureReadModule } from '@scorekeep/content-state/feature-read';
import { FeatureUpdateModule, UpdateStateOptions } from '@scorekeep/content-state/feature-update';
import {
  AggDetailsSettings,
  CassandraActivityAggregates,
  CassandraAttemptRows,
  CassandraBatchStates,
  CassandraConsumptionRows,
  CassandraContentConsumption,
  CassandraLearnerEnrolments,
  CassandraScoreBook,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import {
  ActivityAggregates,
  BatchStates,
  ConsumptionRows,
  ContentConsumption,
  LearnerEnrolments,
} from '@scorekeep/core/domain-content-state';
import { AttemptRows, ScoreBook } from '@scorekeep/core/domain-scoring';
import { type CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import { HealthController, Readiness } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { type ApiDocument, OpenApiModule } from '@scorekeep/platform/adapter-openapi';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { type Settings } from '@scorekeep/platform/util-config';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { ContentStateSettings } from './content-state.settings';

export interface AppParts {
  readonly settings: Settings;
  readonly session: CassandraSession;
  readonly publisher: MessagePublisher;
  readonly readiness: Readiness;
  readonly metrics: MetricsRegistry;
  readonly document: ApiDocument;
}

class AdaptersModule {}

/** The API: the features, their adapters, health and metrics. */
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    const adapters = [adaptersModule([...readers(parts), ...writers(parts), ...options(parts)])];
    return {
      module: AppModule,
      imports: [
        FeatureReadModule.with(adapters),
        FeatureUpdateModule.with(adapters),
        FeatureGroupModule.with(adapters),
        OpenApiModule.with(parts.document),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Readiness, useValue: parts.readiness },
        { provide: MetricsRegistry, useValue: parts.metrics },
      ],
    };
  }
}

type Bound = Exclude<Provider, new (...given: never[]) => unknown>;

function adaptersModule(providers: Bound[]): DynamicModule {
  return { module: AdaptersModule, providers, exports: providers.map(({ provide }) => provide) };
}

function readers({ settings, session }: AppParts): Bound[] {
  const rows = new CassandraAttemptRows(session, settings.get(LayoutSettings).STORAGE_LAYOUT);
  return [
    { provide: ScoreBook, useValue: new CassandraScoreBook(session) },
    { provide: AttemptRows, useValue: rows },
    { provide: ContentConsumption, useValue: new CassandraContentConsumption(session) },
    { provide: ActivityAggregates, useValue: new CassandraActivityAggregates(session) },
    { provide: BatchStates, useValue: new CassandraBatchStates(session) },
  ];
}

function writers({ session, publisher }: AppParts): Bound[] {
  return [
    { provide: ConsumptionRows, useValue: new CassandraConsumptionRows(session) },
    { provide: LearnerEnrolments, useValue: new CassandraLearnerEnrolments(session) },
    { provide: MessagePublisher, useValue: publisher },
  ];
}

function options({ settings }: AppParts): Bound[] {
  const { API_TIME_ZONE, API_ATTEMPTS_LISTED_MAX } = settings.get(ContentStateSettings);
  const nowMs = Date.now;
  const read: ContentStateOptions = {
    timeZone: API_TIME_ZONE,
    maxListedAttempts: API_ATTEMPTS_LISTED_MAX,
    aggDetailsTimeZone: settings.get(AggDetailsSettings).AGG_DETAILS_TIME_ZONE,
    nowMs,
  };
  const update: UpdateStateOptions = { topicPrefix: settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX, nowMs };
  const group: GroupAggregatesOptions = { nowMs };
  return [
    { provide: ContentStateOptions, useValue: read },
    { provide: UpdateStateOptions, useValue: update },
    { provide: GroupAggregatesOptions, useValue: group },
  ];
}
