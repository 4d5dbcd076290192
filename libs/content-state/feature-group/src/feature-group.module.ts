import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { GroupAggregatesController } from './group-aggregates.controller';
import { ReadGroupAggregates } from './read-group-aggregates.use-case';

/** Groups' scores and progress over HTTP. */
export class FeatureGroupModule {
  /** @param adapters modules that export `ActivityAggregates` and `GroupAggregatesOptions` */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureGroupModule,
      imports: adapters,
      controllers: [GroupAggregatesController],
      providers: [ReadGroupAggregates],
    };
  }
}
