import { runningProcess } from './machine/server-process';
import { serversFromEnvironment } from './servers/all-servers';
import { type ServerSite, type StackServer } from './servers/stack-server';
import { StackFolder } from './stack-folder';
import { siteOf } from './stack-settings';

export interface ServerStatus {
  readonly title: string;
  /** Undefined before the first start. */
  readonly address?: string;
  readonly pid?: number;
  readonly state: 'running' | 'not answering' | 'stopped';
}

/** What each server does right now. Changes nothing. */
export async function stackStatus(): Promise<ServerStatus[]> {
  const folder = StackFolder.fromEnvironment();
  const ports = folder.rememberedPorts();
  const site = ports && siteOf(folder, ports);
  return Promise.all(serversFromEnvironment().map((server) => statusOf(server, folder, site)));
}

async function statusOf(server: StackServer, folder: StackFolder, site?: ServerSite): Promise<ServerStatus> {
  if (!site) return { title: server.title, state: 'stopped' };
  const known = { title: server.title, address: server.address(site) };
  const process = runningProcess(folder.pidFile(server.name));
  if (!process) return { ...known, state: 'stopped' };
  const state = await server.probe(site).then(
    () => 'running' as const,
    () => 'not answering' as const,
  );
  return { ...known, pid: process.pid, state };
}

/** A table for people: one line a server. */
export function statusTable(statuses: readonly ServerStatus[]): string {
  const rows = [
    ['server', 'address', 'pid', 'state'],
    ...statuses.map(({ title, address, pid, state }) => [title, address ?? '-', String(pid ?? '-'), state]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
