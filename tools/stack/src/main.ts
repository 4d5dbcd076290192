import { AppError } from '@scorekeep/platform/util-errors';
import { stackSettings } from './stack-settings';
import { stackStatus, statusTable } from './stack-status';
import { startStack } from './start-stack';
import { stopStack } from './stop-stack';

const USAGE = `Usage: npm run stack -- [start|stop|status|wipe|env]

  start   start what does not run, wait until every server answers, print the addresses (default)
  stop    stop the servers; their data stays
  status  a table of the servers; exit 1 when one does not run
  wipe    stop, and delete all data
  env     print the settings that lead the apps to this stack, as KEY=value lines`;

const print = (text: string) => process.stdout.write(`${text}\n`);
const report = (line: string) => process.stderr.write(`${line}\n`);

const COMMANDS: Readonly<Record<string, () => Promise<number>>> = { start, stop, status, wipe, env, '--help': help };

async function start(): Promise<number> {
  const begunAt = performance.now();
  await startStack({ report });
  print(`The local stack is ready (${((performance.now() - begunAt) / 1000).toFixed(1)} s).\n`);
  print(statusTable(await stackStatus()));
  print('\nSettings for the apps: npm run -s stack -- env    Stop it: npm run stack -- stop');
  return 0;
}

async function stop(): Promise<number> {
  await stopStack({ wipe: false, report });
  return 0;
}

async function wipe(): Promise<number> {
  await stopStack({ wipe: true, report });
  return 0;
}

async function status(): Promise<number> {
  const statuses = await stackStatus();
  print(statusTable(statuses));
  return statuses.every(({ state }) => state === 'running') ? 0 : 1;
}

async function env(): Promise<number> {
  const lines = Object.entries(stackSettings()).map(([name, value]) => `${name}=${value}`);
  print(lines.join('\n'));
  return 0;
}

async function help(): Promise<number> {
  print(USAGE);
  return 0;
}

async function main(parameters: readonly string[]): Promise<number> {
  const command = COMMANDS[parameters[0] ?? 'start'];
  if (!command || parameters.length > 1) {
    report(USAGE);
    return 2;
  }
  return command();
}

main(process.argv.slice(2)).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    // what the stack has to say is for people; anything else is a fault of ours and needs its trace
    report(error instanceof AppError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  },
);
