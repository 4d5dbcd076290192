import 'reflect-metadata';
import { archiveCommands } from '@scorekeep/archival/feature-archive';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';

void runCli({
  name: 'archiver',
  description: 'Moves answers from the database to object storage, week by week',
  commands: archiveCommands,
  module: () => AppModule.load(),
});
