import { type WorkspaceFiles } from './workspace-files';

/** A folder that is a project by its place, and what follows from the place. */
export interface Project {
  readonly folder: string;
  readonly kind: 'lib' | 'app' | 'tool';
  readonly name: string;
  /** Of libs only: `core`, `domain`. */
  readonly scope: string | undefined;
  readonly type: string;
  readonly alias: string | undefined;
}

const libTypes = ['adapter', 'contract', 'domain', 'feature', 'testing', 'util'];

/** Every project folder: libs/<scope>/<type>-<name>, apps/<name>, tools/<name> with TypeScript in it. */
export function projectsOf({ paths }: WorkspaceFiles): Project[] {
  const folders = new Set(paths.flatMap((path) => projectFolder(path) ?? []));
  return [...folders].map(toProject);
}

function projectFolder(path: string): string | undefined {
  const lib = /^libs\/[^/]+\/[^/]+(?=\/)/.exec(path);
  const app = /^apps\/[^/]+(?=\/)/.exec(path);
  const tool = /^tools\/[^/]+(?=\/(project\.json$|.*\.ts$))/.exec(path);
  return (lib ?? app ?? tool)?.[0];
}

function toProject(folder: string): Project {
  const [root, first = '', second = ''] = folder.split('/');
  if (root === 'apps') {
    const type = first === 'e2e' ? 'e2e' : 'app';
    return { folder, kind: 'app', name: first, scope: undefined, type, alias: undefined };
  }
  if (root === 'tools') {
    return { folder, kind: 'tool', name: `tools-${first}`, scope: 'tools', type: 'tool', alias: undefined };
  }
  return {
    folder,
    kind: 'lib',
    name: `${first}-${second}`,
    scope: first,
    type: libTypes.find((type) => second.startsWith(`${type}-`)) ?? 'unknown',
    alias: `@scorekeep/${first}/${second}`,
  };
}
