import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ProduceProgressReport } from './produce-progress-report.use-case';
import { ProgressCourses } from './progress-courses';
import { ProgressLearners } from './progress-learners';

/** The progress report: the producer between the ports. */
export class FeatureProgressModule {
  /**
   * @param adapters modules that export `BatchEnrolments`, `LearnerProfiles`, `BatchMetrics`, `OptionalNodes`,
   *   `ReportNaming`, `ReportEncoder`, `ReportStyle` and `ProgressSettings`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureProgressModule,
      imports: adapters,
      providers: [ProgressCourses, ProgressLearners, ProduceProgressReport],
      exports: [ProduceProgressReport],
    };
  }
}
