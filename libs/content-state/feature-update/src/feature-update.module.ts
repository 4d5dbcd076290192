import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { SyncEnrolment } from './sync-enrolment.use-case';
import { UpdateContentState } from './update-content-state.use-case';
import { UpdateStateController } from './update-state.controller';

/** Updating learners' state over HTTP. */
export class FeatureUpdateModule {
  /**
   * @param adapters modules that export `BatchStates`, `ConsumptionRows`, `LearnerEnrolments`, `MessagePublisher` and
   * `UpdateStateOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureUpdateModule,
      imports: adapters,
      controllers: [UpdateStateController],
      providers: [SyncEnrolment, UpdateContentState],
    };
  }
}
