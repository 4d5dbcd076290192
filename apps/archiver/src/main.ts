import 'reflect-metadata';
import { archiveCommands } from '@scorekeep/archival/feature-archive';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';
import { startArchiver } from './start-archiver';

void runCli({
  name: 'archiver',
  description: 'Moves answers from the database to object storage, week by week',
  commands: archiveCommands,
  services: [
    {
      name: 'serve',
      description: 'archives and deletes on a schedule, together with other instances',
      start: startArchiver,
    },
  ],
  module: () => AppModule.load(),
});
