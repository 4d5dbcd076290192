import { type DynamicModule } from '@nestjs/common';
import { ContentStateOptions, FeatureReadModule } from '@scorekeep/content-state/feature-read';
import {
  CassandraAttemptRows,
  CassandraContentConsumption,
  CassandraScoreBook,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import { ContentConsumption } from '@scorekeep/core/domain-content-state';
import { AttemptRows, ScoreBook } from '@scorekeep/core/domain-scoring';
import { type CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import { HealthController, Readiness } from '@scorekeep/platform/adapter-http';
import { type Settings } from '@scorekeep/platform/util-config';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { ContentStateSettings } from './content-state.settings';

export interface AppParts {
  readonly settings: Settings;
  readonly session: CassandraSession;
  readonly readiness: Readiness;
  readonly metrics: MetricsRegistry;
}

class AdaptersModule {}

/** The API: the feature, its adapters, health and metrics. */
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [FeatureReadModule.with([adapters(parts)])],
      controllers: [HealthController],
      providers: [
        { provide: Readiness, useValue: parts.readiness },
        { provide: MetricsRegistry, useValue: parts.metrics },
      ],
    };
  }
}

function adapters({ settings, session }: AppParts): DynamicModule {
  const { API_TIME_ZONE, API_ATTEMPTS_LISTED_MAX, AGG_DETAILS_TIME_ZONE } = settings.get(ContentStateSettings);
  const options: ContentStateOptions = {
    timeZone: API_TIME_ZONE,
    maxListedAttempts: API_ATTEMPTS_LISTED_MAX,
    aggDetailsTimeZone: AGG_DETAILS_TIME_ZONE,
    nowMs: Date.now,
  };
  const rows = new CassandraAttemptRows(session, settings.get(LayoutSettings).STORAGE_LAYOUT);
  return {
    module: AdaptersModule,
    providers: [
      { provide: ScoreBook, useValue: new CassandraScoreBook(session) },
      { provide: AttemptRows, useValue: rows },
      { provide: ContentConsumption, useValue: new CassandraContentConsumption(session) },
      { provide: ContentStateOptions, useValue: options },
    ],
    exports: [ScoreBook, AttemptRows, ContentConsumption, ContentStateOptions],
  };
}
