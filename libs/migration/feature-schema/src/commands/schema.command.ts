import { UsageError } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner } from 'nest-commander';
import { SchemaStatusCommand } from './schema-status.command';
import { SchemaUpCommand } from './schema-up.command';

/** `migrator schema up|status` */
@Command({
  name: 'schema',
  description: "the database's tables, in versions",
  subCommands: [SchemaUpCommand, SchemaStatusCommand],
})
export class SchemaCommand extends CommandRunner {
  override async run(): Promise<void> {
    throw new UsageError('Say "up" or "status".');
  }
}
