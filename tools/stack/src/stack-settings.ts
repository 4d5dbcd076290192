import { AppError } from '@scorekeep/platform/util-errors';
import { type StackPorts } from './machine/stack-ports';
import { serversFromEnvironment } from './servers/all-servers';
import { type ServerSite, type StackServer } from './servers/stack-server';
import { StackFolder } from './stack-folder';

/** Names and values of the settings of docs/operations, ready for an app's environment. */
export type StackSettings = Record<string, string>;

/**
 * The settings through which the apps find the stack, whether it runs at the moment or not.
 *
 * @throws AppError STACK.NEVER_STARTED
 */
export function stackSettings(): StackSettings {
  const folder = StackFolder.fromEnvironment();
  return settingsOf(serversFromEnvironment(), knownSite(folder));
}

/** @throws AppError STACK.NEVER_STARTED */
function knownSite(folder: StackFolder): ServerSite {
  const ports = folder.rememberedPorts();
  if (!ports) throw new AppError('STACK.NEVER_STARTED', 'The local stack was not started yet: npm run stack');
  return siteOf(folder, ports);
}

export function siteOf(folder: StackFolder, ports: StackPorts): ServerSite {
  return { dataFolder: folder.path, configFolder: folder.configFolder, ports };
}

export function settingsOf(servers: readonly StackServer[], site: ServerSite): StackSettings {
  return Object.assign({}, ...servers.map((server) => server.settings(site))) as StackSettings;
}
