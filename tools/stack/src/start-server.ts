import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { isSameProcess, launch, type ProcessRecord, runningProcess, writeWhole } from './machine/server-process';
import { renderTemplate } from './render-template';
import { type ServerPrograms, type ServerSite, type StackServer } from './servers/stack-server';
import { type StackFolder } from './stack-folder';

const TEMPLATE_FOLDER = join(__dirname, '../config');
/** Generous: a first start on a busy machine. */
const READY_WAIT_MS = 180_000;
const PROBE_PAUSE_MS = 200;
const LOG_LINES_SHOWN = 12;

/** Renders the configuration, starts the server and waits until it answers. */
export async function startServer(
  server: StackServer,
  folder: StackFolder,
  site: ServerSite,
  programs: ServerPrograms,
): Promise<void> {
  mkdirSync(join(site.dataFolder, server.name), { recursive: true });
  renderConfiguration(server, site);
  await server.prepare?.(site, programs);
  const record = await launch({
    command: server.command(site, programs),
    pidFile: folder.pidFile(server.name),
    logFile: folder.logFile(server.name),
    folder: site.dataFolder,
  });
  await untilReady(server, folder, site, record);
}

/** Waits for a server that an earlier command started. */
export async function awaitServer(server: StackServer, folder: StackFolder, site: ServerSite): Promise<void> {
  const record = runningProcess(folder.pidFile(server.name));
  if (!record) throw endedError(server, folder.logFile(server.name));
  await untilReady(server, folder, site, record);
}

async function untilReady(
  server: StackServer,
  folder: StackFolder,
  site: ServerSite,
  record: ProcessRecord,
): Promise<void> {
  const deadline = performance.now() + READY_WAIT_MS;
  for (;;) {
    const problem = await server.probe(site).then(
      () => undefined,
      (error: unknown) => messageOf(error),
    );
    // a dead server whose port somebody else answers is not ready
    if (!isSameProcess(record)) throw endedError(server, folder.logFile(server.name));
    if (problem === undefined) return server.furnish?.(site);
    if (performance.now() > deadline) {
      const words = `${server.title} runs (process ${record.pid}) but does not answer at ${server.address(site)}: ${problem}`;
      throw new AppError(
        'STACK.NOT_READY',
        `${words}\nIts log: ${folder.logFile(server.name)}. "stop" and "start" again may help.`,
      );
    }
    await sleep(PROBE_PAUSE_MS);
  }
}

function endedError(server: StackServer, logFile: string): AppError {
  const lastLines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
  const words = `${server.title} ended before it answered. The end of its log (${logFile}):`;
  return new AppError('STACK.SERVER_ENDED', [words, ...lastLines.map((line) => `  ${line}`)].join('\n'));
}

function renderConfiguration(server: StackServer, site: ServerSite): void {
  const values = { ...site.ports, DATA: site.dataFolder };
  for (const template of server.templates) {
    const text = renderTemplate(readFileSync(join(TEMPLATE_FOLDER, template), 'utf8'), values);
    writeWhole(join(site.configFolder, template), text);
  }
}
