import { type DynamicModule } from '@nestjs/common';
import { AttemptRows, CourseCatalogue, ScoreBook } from '@scorekeep/core/domain-scoring';
import { FeatureAttemptsModule, IngestOptions } from '@scorekeep/ingest/feature-attempts';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';

/** What the feature's ports are bound to. */
export interface IngestAdapters {
  readonly book: ScoreBook;
  readonly rows: AttemptRows;
  readonly catalogue: CourseCatalogue;
  readonly publisher: MessagePublisher;
  readonly options: IngestOptions;
}

class AdaptersModule {}

/** The consumer: the feature and its adapters. */
export class AppModule {
  static with({ book, rows, catalogue, publisher, options }: IngestAdapters): DynamicModule {
    const adapters: DynamicModule = {
      module: AdaptersModule,
      providers: [
        { provide: ScoreBook, useValue: book },
        { provide: AttemptRows, useValue: rows },
        { provide: CourseCatalogue, useValue: catalogue },
        { provide: MessagePublisher, useValue: publisher },
        { provide: IngestOptions, useValue: options },
      ],
      exports: [ScoreBook, AttemptRows, CourseCatalogue, MessagePublisher, IngestOptions],
    };
    return { module: AppModule, imports: [FeatureAttemptsModule.with([adapters])] };
  }
}
