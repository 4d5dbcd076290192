import { Command, CommandFactory, CommandRunner, CommandRunnerService, RootCommand } from 'nest-commander';
import { type CliDefinition, type CliService, type CommandClass } from './cli-definition';
import { exitCodes, type ExitCode } from './exit-codes';
import { type OutputStreams } from './output';
import { type CommanderCommand, standIn } from './stand-in';

export interface CommandInvocation {
  readonly kind: 'command';
  readonly commandClass: CommandClass;
  readonly args: string[];
  readonly options: Record<string, unknown>;
  /** How the command is used, for people. */
  readonly usage: string;
}

/** What the command line asks for. `exit`: help, version or a complaint was printed already. */
export type CommandLine =
  | { readonly kind: 'exit'; readonly code: ExitCode }
  | { readonly kind: 'service'; readonly service: CliService }
  | CommandInvocation;

/**
 * Reads the command line with nest-commander, but without constructing anything of the app: stand-ins of the command
 * classes note what is asked for. Nothing connects to a server, and no setting is read, for a typing error or `--help`.
 */
export async function parseCommandLine(
  definition: CliDefinition & { readonly version: string },
  args: readonly string[],
  streams: OutputStreams,
): Promise<CommandLine> {
  const parser = new CommandLineParser(definition, streams);
  const app = await CommandFactory.createWithoutRunning(parser.module(), {
    logger: false,
    abortOnError: false,
    version: definition.version,
    serviceErrorHandler: rethrow,
  });
  try {
    parser.describeRoot();
    await app.get(CommandRunnerService).run(['node', definition.name, ...args]);
    return parser.result;
  } catch (error) {
    return { kind: 'exit', code: exitCodeOf(error) };
  } finally {
    await app.close();
  }
}

class CommandLineParser {
  result: CommandLine = { kind: 'exit', code: exitCodes.ok };
  private root: CommanderCommand | undefined;

  constructor(
    private readonly definition: CliDefinition,
    private readonly streams: OutputStreams,
  ) {}

  module() {
    const { commands = [], services = [], rootCommand } = this.definition;
    const words = commands.flatMap((command) => command.registerWithSubCommands() as unknown[] as CommandClass[]);
    return {
      module: CommandLineModule,
      providers: [
        this.rootStandIn(rootCommand),
        ...words.map((commandClass) => this.commandStandIn(commandClass)),
        ...services.flatMap((service) => this.serviceStandIn(service)),
      ],
    };
  }

  describeRoot(): void {
    const { description, services = [] } = this.definition;
    const without = services
      .filter(({ name }) => name === undefined)
      .map((each) => `Without arguments: ${each.description}`);
    this.root?.description([description, ...without].join('\n\n'));
  }

  private rootStandIn(rootCommand: CommandClass | undefined) {
    const { name } = this.definition;
    return standIn(rootCommand ?? NothingAsked, {
      streams: this.streams,
      // An option after a command's word is that command's, also where the root command has one of that name.
      onCommand: (command) => (this.root = command.name(name).enablePositionalOptions()),
      onRun: (command, args, options) => {
        if (rootCommand === undefined) command.help({ error: true });
        else this.result = invocation(rootCommand, command, args, options);
      },
    });
  }

  private commandStandIn(commandClass: CommandClass) {
    return standIn(commandClass, {
      streams: this.streams,
      onRun: (command, args, options) => (this.result = invocation(commandClass, command, args, options)),
    });
  }

  private serviceStandIn(service: CliService) {
    if (service.name === undefined) return [];
    const word = serviceWord(service.name, service);
    return [standIn(word, { streams: this.streams, onRun: () => (this.result = { kind: 'service', service }) })];
  }
}

class CommandLineModule {}

/** Stands where the app has no root command of its own. */
@RootCommand({})
class NothingAsked extends CommandRunner {
  override async run(): Promise<void> {}
}

function serviceWord(name: string, { description }: CliService): CommandClass {
  class ServiceWord extends CommandRunner {
    override async run(): Promise<void> {}
  }
  Command({ name, description })(ServiceWord);
  return ServiceWord;
}

function invocation(
  commandClass: CommandClass,
  command: CommanderCommand,
  args: string[],
  options: Record<string, unknown>,
): CommandInvocation {
  return { kind: 'command', commandClass, args, options, usage: command.helpInformation() };
}

function rethrow(error: Error): never {
  throw error;
}

/** Commander's own errors were printed by commander; anything else is a defect of an option's parser. */
function exitCodeOf(error: unknown): ExitCode {
  if (!isCommanderError(error)) throw error;
  return error.exitCode === 0 ? exitCodes.ok : exitCodes.badUsage;
}

function isCommanderError(error: unknown): error is { code: string; exitCode: number } {
  return (
    error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')
  );
}
