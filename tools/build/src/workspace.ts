import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build needs to know of the repository. Paths are relative to `root` and use `/`. */
export interface Workspace {
  readonly root: string;
  readonly version: string;
  /** Names of the packages that an app may need when it runs. */
  readonly dependencies: ReadonlySet<string>;
  /** Alias of a lib → its index.ts. */
  readonly aliases: ReadonlyMap<string, string>;
}

interface PackageFile {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
}

interface TypeScriptConfiguration {
  readonly compilerOptions: { readonly paths: Record<string, readonly string[]> };
}

export function readWorkspace(root: string): Workspace {
  const { version, dependencies = {} } = readJson<PackageFile>(join(root, 'package.json'));
  const { paths } = readJson<TypeScriptConfiguration>(join(root, 'tsconfig.base.json')).compilerOptions;
  const aliases = Object.entries(paths).map(([alias, [file = '']]) => [alias, file.replace(/^\.\//, '')] as const);
  return { root, version, dependencies: new Set(Object.keys(dependencies)), aliases: new Map(aliases) };
}

/** Every app that can be started: a folder of apps/ with src/main.ts. */
export function buildableApps(root: string): string[] {
  return readdirSync(join(root, 'apps'))
    .filter((name) => existsSync(join(root, entryOf(name))))
    .sort();
}

export function entryOf(app: string): string {
  return `apps/${app}/src/main.ts`;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
