import { packageNameOf, pruneLockfile } from './prune-lockfile';
import { versionOf, type Workspace } from './workspace';

/** The files that `npm ci` reads. */
export interface PackageFiles {
  readonly packageJson: object;
  readonly packageLock: object;
}

/**
 * package.json of an app, which names only the packages that it imports, and their lockfile.
 * @throws BuildError when the repository's lockfile lacks one
 */
export function packageFiles(workspace: Workspace, app: string, imported: ReadonlySet<string>): PackageFiles {
  const { root, commit, engines, license, dependencies, lockedPackages } = workspace;
  const version = versionOf(root, app);
  const names = [...imported].sort();
  const about = { name: app, version, license, engines };
  const direct = Object.fromEntries(names.map((name) => [name, dependencies.get(name)]));
  const locked = pruneLockfile(lockedPackages, names);
  const allowScripts = scriptsOf(workspace, Object.keys(locked));
  const own = { ...about, private: true, scorekeep: { commit }, allowScripts, dependencies: direct };
  const packages = { '': { ...about, dependencies: direct }, ...locked };
  return {
    packageJson: own,
    packageLock: { name: app, version, lockfileVersion: 3, requires: true, packages },
  };
}

/** What the repository says of the install scripts of these packages. */
function scriptsOf({ allowScripts }: Workspace, folders: readonly string[]): Record<string, boolean> {
  const installed = new Set(folders.map(packageNameOf));
  return Object.fromEntries(Object.entries(allowScripts).filter(([name]) => installed.has(name)));
}
