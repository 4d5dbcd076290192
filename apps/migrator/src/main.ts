import 'reflect-metadata';
import { schemaCommands } from '@scorekeep/migration/feature-schema';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';

void runCli({
  name: 'migrator',
  description: "Prepares the database's schema and Kafka's topics",
  commands: schemaCommands,
  module: () => AppModule.load(),
});
