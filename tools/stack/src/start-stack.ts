import { join } from 'node:path';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { withLock } from './machine/named-lock';
import { hasJars, jarFolder, provideJars } from './machine/jar-cache';
import { MAVEN, pathOf, provide } from './machine/requirements';
import { runningProcess } from './machine/server-process';
import { choosePorts, isPortFree, type PortName, type StackPorts } from './machine/stack-ports';
import { serversFromEnvironment } from './servers/all-servers';
import { type ServerPrograms, type StackServer } from './servers/stack-server';
import { StackFolder } from './stack-folder';
import { settingsOf, siteOf, type StackSettings } from './stack-settings';
import { awaitServer, startServer } from './start-server';

export interface StartOptions {
  /** Progress for people, a line at a time. Default: stderr. */
  readonly report?: (line: string) => void;
}

/**
 * Sees to it that every server of the stack runs and answers; what runs already is left as it is.
 * Two calls at once, of one or of several processes, end with the same stack.
 *
 * @returns the settings through which the apps find the stack
 * @throws AppError STACK.* in words for people: what is missing, which server failed and the end of its log
 */
export async function startStack(options: StartOptions = {}): Promise<StackSettings> {
  const report = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const folder = StackFolder.fromEnvironment();
  const servers = serversFromEnvironment();
  const onWait = (pid: string) => report(`Waiting for process ${pid}, which is at work on this stack…`);
  return withLock(folder.lockName, onWait, async () => {
    folder.assertOurs();
    const down = servers.filter((server) => !runningProcess(folder.pidFile(server.name)));
    await providePrograms(down, report);
    const ports = await portsFor(folder, down);
    const site = siteOf(folder, ports);
    const start = async (server: StackServer) => {
      if (!down.includes(server)) return awaitServer(server, folder, site);
      await startServer(server, folder, site, programsOf(server));
      report(`${server.title} answers at ${server.address(site)}`);
    };
    if (down.length > 0) report(`Starting ${down.map((server) => server.title).join(', ')}…`);
    await allDone(servers.map(start));
    return settingsOf(servers, site);
  });
}

async function providePrograms(servers: readonly StackServer[], report: (line: string) => void): Promise<void> {
  const downloads = servers.filter((server) => server.jarProfile !== undefined && !hasJars(server.jarProfile));
  const requirements = new Set([...servers.map((server) => server.runsOn), ...(downloads.length > 0 ? [MAVEN] : [])]);
  await provide([...requirements], report);
  for (const { jarProfile, title } of downloads) if (jarProfile) await provideJars(jarProfile, title, report);
}

function programsOf({ runsOn, jarProfile }: StackServer): ServerPrograms {
  return { program: pathOf(runsOn), classPath: jarProfile === undefined ? '' : join(jarFolder(jarProfile), '*') };
}

/** Remembered for good, except a port of a stopped server that somebody else has taken since. */
async function portsFor(folder: StackFolder, down: readonly StackServer[]): Promise<StackPorts> {
  const stopped = new Set<PortName>(down.flatMap((server) => server.ports));
  const remembered = folder.rememberedPorts();
  const isUsable = (port: number, name: PortName) =>
    remembered?.[name] === port && !stopped.has(name) ? Promise.resolve(true) : isPortFree(port);
  const ports = await choosePorts(folder.path, remembered ?? {}, isUsable);
  folder.rememberPorts(ports);
  return ports;
}

/** Waits for all, so that no server is still being started when the command ends; then reports every failure. */
async function allDone(starting: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(starting);
  const failures = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map((outcome): unknown => outcome.reason);
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AppError('STACK.SERVERS_FAILED', failures.map(messageOf).join('\n\n'));
}
