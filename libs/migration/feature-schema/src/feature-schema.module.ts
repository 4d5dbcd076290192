import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ApplySchema } from './apply-schema.use-case';
import { SchemaStatusCommand } from './commands/schema-status.command';
import { SchemaUpCommand } from './commands/schema-up.command';
import { SchemaCommand } from './commands/schema.command';
import { TopicsCommand } from './commands/topics.command';
import { CreateTopics } from './create-topics.use-case';
import { SchemaStatus } from './schema-status.use-case';

/** The commands, for the app's command line. */
export const schemaCommands = [SchemaCommand, TopicsCommand];

/** The commands and everything between them and the ports. */
export class FeatureSchemaModule {
  /** @param adapters modules that export `SchemaChanges`, `TopicAdministration` and `TopicPlan` */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureSchemaModule,
      imports: adapters,
      providers: [
        ...schemaCommands,
        ...[SchemaUpCommand, SchemaStatusCommand],
        ...[ApplySchema, SchemaStatus, CreateTopics],
      ],
    };
  }
}
