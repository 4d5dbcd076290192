import { ReplayFailedCommand } from '@scorekeep/ingest/feature-replay';
import { type CliCommands } from '@scorekeep/platform/util-cli';
import { CommandModule } from './command.module';
import { UntilCaughtUpCommand } from './until-caught-up.command';

/** Everything but the service itself. */
export const ingestCommands: CliCommands = {
  rootCommand: UntilCaughtUpCommand,
  commands: [ReplayFailedCommand],
  module: () => CommandModule.load(),
};
