import 'reflect-metadata';
import { ResponseCommand } from '@scorekeep/exhaust/feature-response';
import { runCli } from '@scorekeep/platform/util-cli';
import { AppModule } from './app.module';

void runCli({
  name: 'exhaust',
  description: 'Reports: every attempt of a batch, archived or not',
  commands: [ResponseCommand],
  module: () => AppModule.load(),
});
