import 'reflect-metadata';
import { ProgressCommand, ResponseCommand } from '@scorekeep/exhaust/feature-command';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';

void runCli({
  name: 'exhaust',
  description: 'Reports: every attempt of a batch, archived or not; how far its learners got',
  commands: [ResponseCommand, ProgressCommand],
  module: () => AppModule.load(),
});
