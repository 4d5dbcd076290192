import { type ValueProvider } from '@nestjs/common';
import { type CommandRunner } from 'nest-commander';
import { type CommandClass } from './cli-definition';
import { type OutputStreams } from './output';

/** nest-commander's own commander, which is not the version an import would find. */
export type CommanderCommand = Parameters<CommandRunner['setCommand']>[0];

export interface StandInOptions {
  readonly streams: OutputStreams;
  /** Told of the commander command as soon as there is one. */
  readonly onCommand?: (command: CommanderCommand) => void;
  /** Called instead of the command's `run`. */
  readonly onRun: (command: CommanderCommand, args: string[], options: Record<string, unknown>) => void;
}

/** A provider that nest-commander takes for the command: same metadata and option parsers, another `run`. */
export function standIn(commandClass: CommandClass, { streams, onCommand, onRun }: StandInOptions): ValueProvider {
  let own: CommanderCommand;
  const useValue: unknown = Object.assign(Object.create(commandClass.prototype as object) as object, {
    setCommand(command: CommanderCommand): void {
      own = command;
      makeStrict(command, streams);
      onCommand?.(command);
    },
    async run(args: string[], options: Record<string, unknown> = {}): Promise<void> {
      refuseExcess(own, args);
      onRun(own, args, options);
    },
  });
  return { provide: commandClass, useValue };
}

/**
 * Commander ends the process by itself unless told otherwise, and commands made by nest-commander do not inherit what
 * their parent was told: each must be told.
 */
function makeStrict(command: CommanderCommand, { stdout, stderr }: OutputStreams): void {
  command
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    });
}

/** Commander ignores surplus words by default, and then a mistyped command looks like success. */
function refuseExcess(command: CommanderCommand, args: readonly string[]): void {
  const { registeredArguments, commands } = command;
  const surplus = args[registeredArguments.length];
  if (surplus === undefined || registeredArguments.at(-1)?.variadic === true) return;
  command.error(`error: unknown ${commands.length > 0 ? 'command' : 'argument'} '${surplus}'`);
}
