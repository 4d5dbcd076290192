import { appVersion } from './app-version';
import { type CliDefinition } from './cli-definition';
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
    const version = definition.version ?? appVersion(process.argv[1] ?? __filename);
    const commandLine = await parseCommandLine({ ...definition, version }, process.argv.slice(2), process);
    switch (commandLine.kind) {
      case 'exit':
        return process.exit(commandLine.code);
      case 'service':
        return await runService(definition.name, commandLine.service.start);
      case 'command': {
        const interruption = interruptOnSignals(process, (text) => process.stderr.write(text));
        return process.exit(await runCommand(definition, commandLine, interruption, process));
      }
    }
  } catch (error) {
    process.exit(reportFailure(error, process.stderr));
  }
}

/** `archiver status | head`: who no longer reads needs no stack trace. */
function endQuietlyWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.failed);
}
