import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppError } from '@scorekeep/platform/util-errors';
import { type CliDefinition } from './cli-definition';
import { exitCodes, type ExitCode } from './exit-codes';
import { Interruption } from './interruption';
import { Output, type OutputStreams } from './output';
import { type CommandInvocation } from './parse-command-line';
import { reportFailure } from './report-failure';

@Module({})
class CliModule {}

/** Starts the app's module, runs the command, closes the module. Never rejects: a failure is printed and is the code. */
export async function runCommand(
  { name, module }: CliDefinition,
  { commandClass, args, options, usage }: CommandInvocation,
  interruption: Interruption,
  streams: OutputStreams,
): Promise<ExitCode> {
  const output = new Output(streams);
  try {
    if (module === undefined) throw new AppError('CLI.NO_MODULE', `${name} has commands but no module`);
    // Nest would print a failed start with its stack, and end the process; one line and our exit code follow instead.
    const app = await NestFactory.createApplicationContext(
      {
        module: CliModule,
        global: true,
        imports: [await module()],
        providers: [
          { provide: Output, useValue: output },
          { provide: Interruption, useValue: interruption },
        ],
        exports: [Output, Interruption],
      },
      { logger: false, abortOnError: false },
    );
    try {
      await app.get(commandClass, { strict: false }).run(args, options);
    } finally {
      output.endProgress();
      await app.close();
    }
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
  } catch (error) {
    const code = reportFailure(error, streams.stderr, usage);
    return interruption.signal.aborted ? exitCodes.interrupted : code;
  }
}
