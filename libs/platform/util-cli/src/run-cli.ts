import { appRelease } from './app-version';
import { type CliDefinition, defaultService } from './cli-definition';
import { exitCodes } from './exit-codes';
import { interruptOnSignals } from './interruption';
import { parseCommandLine } from './parse-command-line';
import { reportFailure } from './report-failure';
import { runCommand } from './run-command';
import { runService } from './run-service';

/** The whole of an app's main.ts: reads the command line, runs the command or service, ends the process. */
export async function runCli(definition: CliDefinition): Promise<void> {
  process.stdout.on('error', endQuietlyWithReader);
  try {
    const args = process.argv.slice(2);
    const service = defaultService(definition);
    if (service !== undefined && args.length === 0) await runService(definition.name, service.start);
    else await runWords({ ...definition, ...definition.moreCommands?.() }, args);
  } catch (error) {
    process.exit(reportFailure(error, process.stderr));
  }
}

async function runWords(definition: CliDefinition, args: readonly string[]): Promise<void> {
  const version = definition.version ?? appRelease(process.argv[1] ?? __filename);
  const commandLine = await parseCommandLine({ ...definition, version }, args, process);
  switch (commandLine.kind) {
    case 'exit':
      return process.exit(commandLine.code);
    case 'service':
      return runService(definition.name, commandLine.service.start);
    case 'command': {
      const interruption = interruptOnSignals(process, (text) => process.stderr.write(text));
      return process.exit(await runCommand(definition, commandLine, interruption, process));
    }
  }
}

/** `archiver status | head`: who no longer reads needs no stack trace. */
function endQuietlyWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.failed);
}
