import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { AttemptsOfLearner } from './attempts-of-learner.query';
import { ContentStateController } from './content-state.controller';
import { PrivateContentStateController } from './private-content-state.controller';
import { ReadContentState } from './read-content-state.use-case';

/** Reading learners' state over HTTP. */
export class FeatureReadModule {
  /** @param adapters modules that export `ScoreBook`, `AttemptRows`, `ContentConsumption` and `ContentStateOptions` */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureReadModule,
      imports: adapters,
      controllers: [ContentStateController, PrivateContentStateController],
      providers: [AttemptsOfLearner, ReadContentState],
    };
  }
}
