import { type CheckScope } from '../../check/src';
import { type Projects } from './affected-projects';

/** What is known of the repository and the change. Paths are relative to the root. */
export interface Change {
  readonly changed: readonly string[];
  /** Every file there is now. */
  readonly files: readonly string[];
  readonly projects: Projects;
  /** Names of projects that Nx's graph says can be touched. */
  readonly affected: readonly string[];
  /** What the names of end-to-end specs begin with → the apps that they are about (apps/e2e/started-apps.json). The migrator,
   * which prepares the tables of all of them, has tests of its own. */
  readonly startedApps: Readonly<Record<string, readonly string[]>>;
}

const e2eProject = 'e2e';
/** Every test on real servers stands on it, though none imports it. */
const stackProject = 'tools-stack';
/** So do the tests that start a built app. */
const buildProject = 'tools-build';

/** The checks that the change can touch: all of `npm test` for nx.json, none for a page of docs but that it is formatted. */
export function selectChecks(change: Change): CheckScope {
  const { changed, files, projects, affected } = change;
  const folders = Object.keys(projects).filter((folder) => affected.includes(projects[folder] ?? ''));
  const inFolders = (ending: string): string[] =>
    files.filter((path) => path.endsWith(ending) && folders.some((folder) => path.startsWith(`${folder}/`)));
  return {
    files: changed.some((path) => /^\.prettier/.test(path)) ? files : changed.filter((path) => files.includes(path)),
    projects: folders,
    unit: inFolders('.spec.ts'),
    integration: files.filter((path) => path.endsWith('.int-spec.ts') && touchesServersTest(path, change, folders)),
    e2e: [
      ...inFolders('.e2e-spec.ts').filter((path) => !path.startsWith('apps/e2e/')),
      ...files.filter((path) => /^apps\/e2e\/.*\.e2e-spec\.ts$/.test(path) && touchesStory(path, change)),
    ].sort(),
  };
}

function touchesServersTest(path: string, { affected }: Change, folders: readonly string[]): boolean {
  if (affected.includes(stackProject)) return true;
  if (path.startsWith('apps/') && affected.includes(buildProject)) return true;
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** A spec of apps/e2e: touched by the apps that it starts, and by what it is made of. */
function touchesStory(path: string, { affected, projects, startedApps }: Change): boolean {
  if ([e2eProject, stackProject, buildProject].some((name) => affected.includes(name))) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const prefix = Object.keys(startedApps).find((each) => name.startsWith(`${each}-`) || name.startsWith(`${each}.`));
  const allApps = Object.entries(projects).flatMap(([folder, app]) => (folder.startsWith('apps/') ? [app] : []));
  const apps = prefix === undefined ? allApps : (startedApps[prefix] ?? []);
  return apps.some((app) => affected.includes(app));
}
