import 'reflect-metadata';
import { dataCommands } from '@scorekeep/migration/feature-data';
import { schemaCommands } from '@scorekeep/migration/feature-schema';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';

void runCli({
  name: 'migrator',
  description: "Prepares the database's schema and Kafka's topics, and moves data to how Scorekeep keeps it",
  commands: [...schemaCommands, ...dataCommands],
  module: () => AppModule.load(),
});
