import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { useCases } from './feature-archive.module';
import { ArchivalTaskController } from './tasks/archival-task.controller';
import { ArchivalTaskHandler } from './tasks/archival-task.handler';
import { PlanTasks } from './tasks/plan-tasks.use-case';
import { RunWeekTask } from './tasks/run-week-task.use-case';

/** Everything between a record of the task topic and the ports. */
export class FeatureTasksModule {
  /**
   * @param adapters modules that export what `FeatureArchiveModule` needs, and `MessagePublisher`, `ArchivalMonitor` and
   *   `TaskOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureTasksModule,
      imports: adapters,
      controllers: [ArchivalTaskController],
      providers: [...useCases, PlanTasks, RunWeekTask, ArchivalTaskHandler],
    };
  }
}
