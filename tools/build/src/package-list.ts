import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceApp, type Transpiler } from './trace-app';
import { packageNameOf, pruneLockfile } from './prune-lockfile';

/** Names of the packages that `npm ci` installs for an app, in order. */
export async function installedPackages(transpiler: Transpiler, app: string): Promise<string[]> {
  const { transpiled } = await traceApp(transpiler, app);
  const direct = new Set(transpiled.flatMap(({ packages }) => packages));
  const folders = Object.keys(pruneLockfile(transpiler.workspace.lockedPackages, [...direct]));
  return [...new Set(folders.map(packageNameOf))].sort();
}

/** The packages that an app was allowed, in `apps/<app>/packages.json`; none when there is no such file. */
export function allowedPackages(root: string, app: string): string[] {
  const file = fileOf(root, app);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}

export function allowPackages(root: string, app: string, packages: readonly string[]): void {
  writeFileSync(fileOf(root, app), `${JSON.stringify(packages, null, 2)}\n`);
}

function fileOf(root: string, app: string): string {
  return join(root, 'apps', app, 'packages.json');
}
