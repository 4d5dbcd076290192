import 'reflect-metadata';
import { ReplayFailedCommand } from '@scorekeep/ingest/feature-replay';
import { runCli } from '@scorekeep/platform/util-cli';
import { CommandModule } from './command.module';
import { startIngest } from './start-ingest';
import { UntilCaughtUpCommand } from './until-caught-up.command';

void runCli({
  name: 'ingest',
  description: 'Assess events from Kafka to attempts, scores and certificate requests',
  rootCommand: UntilCaughtUpCommand,
  commands: [ReplayFailedCommand],
  services: [{ description: 'reads assess events until it is told to stop', start: startIngest }],
  module: () => CommandModule.load(),
});
