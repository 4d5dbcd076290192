import { type DynamicModule, type Type } from '@nestjs/common';
import { type CommandRunner } from 'nest-commander';
import { type ServiceStart } from './run-service';

/** A nest-commander command. Its option parsers must not use `this`: they run before the class is constructed. */
export type CommandClass = Type<CommandRunner> & Pick<typeof CommandRunner, 'registerWithSubCommands'>;

/** Something that runs until it is told to stop. */
export interface CliService {
  /** The word that starts it (`serve`); without a name it runs when there are no arguments. */
  readonly name?: string;
  readonly description: string;
  readonly start: ServiceStart;
}

/** The commands of an app and what they need. */
export interface CliCommands {
  /** Commands with a word of their own; their subcommands come along. */
  readonly commands?: readonly CommandClass[];
  /** The `@RootCommand` that takes options without a word. */
  readonly rootCommand?: CommandClass;
  /**
   * The module that provides the command classes; it may inject `Output` and `Interruption`. Called for a command only,
   * after the command line was found right: load and check the settings here, so that `--help` needs none.
   */
  readonly module?: () => Type | DynamicModule | Promise<Type | DynamicModule>;
}

/** What an app can do, and how it is put together. */
export interface CliDefinition extends CliCommands {
  readonly name: string;
  /** Default: that of package.json and the commit (see `appRelease`). */
  readonly version?: string;
  readonly description: string;
  readonly services?: readonly CliService[];
  /** Commands of a file that the build loads when it is used: a service without arguments starts without their code. */
  readonly moreCommands?: () => CliCommands;
}

/** What runs when there are no arguments. */
export function defaultService({ services }: CliDefinition): CliService | undefined {
  return services?.find(({ name }) => name === undefined);
}
