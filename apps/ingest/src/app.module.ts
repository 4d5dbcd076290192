import { type DynamicModule } from '@nestjs/common';
import { AttemptRows, CourseCatalogue, ScoreBook } from '@scorekeep/core/domain-scoring';
import {
  AdmissionOptions,
  FeatureAttemptsModule,
  IngestOptions,
  OutcomeMonitor,
  RecordReader,
} from '@scorekeep/ingest/feature-attempts';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';

/** What the feature's ports are bound to. */
export interface IngestAdapters {
  readonly book: ScoreBook;
  readonly rows: AttemptRows;
  readonly reader: RecordReader;
  readonly catalogue: CourseCatalogue;
  readonly publisher: MessagePublisher;
  readonly monitor: OutcomeMonitor;
  readonly options: IngestOptions;
  readonly admission: AdmissionOptions;
}

class AdaptersModule {}

/** The consumer: the feature and its adapters. */
export class AppModule {
  static with(adapters: IngestAdapters): DynamicModule {
    const providers = [
      { provide: ScoreBook, useValue: adapters.book },
      { provide: AttemptRows, useValue: adapters.rows },
      { provide: RecordReader, useValue: adapters.reader },
      { provide: CourseCatalogue, useValue: adapters.catalogue },
      { provide: MessagePublisher, useValue: adapters.publisher },
      { provide: OutcomeMonitor, useValue: adapters.monitor },
      { provide: IngestOptions, useValue: adapters.options },
      { provide: AdmissionOptions, useValue: adapters.admission },
    ];
    const module: DynamicModule = {
      module: AdaptersModule,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
    return { module: AppModule, imports: [FeatureAttemptsModule.with([module])] };
  }
}
