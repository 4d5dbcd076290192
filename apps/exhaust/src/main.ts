import 'reflect-metadata';
import { ProgressCommand, ResponseCommand } from '@scorekeep/exhaust/feature-command';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';
import { startServe, startWorker } from './service/start-exhaust';

void runCli({
  name: 'exhaust',
  description: 'Reports: every attempt of a batch, archived or not; how far its learners got',
  commands: [ResponseCommand, ProgressCommand],
  module: () => AppModule.load(),
  services: [
    {
      name: 'serve',
      description: 'takes requests for reports over HTTP, and makes them, until it is told to stop',
      start: startServe,
    },
    {
      name: 'worker',
      description: 'makes the reports that were asked for, until it is told to stop',
      start: startWorker,
    },
  ],
});
