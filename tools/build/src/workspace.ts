import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockedPackages } from './prune-lockfile';
import { readCommit } from './read-commit';

/** What the build needs to know of the repository. Paths are relative to `root` and use `/`. */
export interface Workspace {
  readonly root: string;
  readonly commit: string;
  readonly license: string | undefined;
  readonly engines: Readonly<Record<string, string>> | undefined;
  /** Packages that an app may need when it runs → their exact versions. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Packages with install scripts → whether these may run. */
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly lockedPackages: LockedPackages;
  /** Alias of a lib → its index.ts. */
  readonly aliases: ReadonlyMap<string, string>;
}

interface PackageFile {
  readonly license?: string;
  readonly engines?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly allowScripts?: Record<string, boolean>;
}

interface Lockfile {
  readonly packages: LockedPackages;
}

interface TypeScriptConfiguration {
  readonly compilerOptions: { readonly paths: Record<string, readonly string[]> };
}

export function readWorkspace(root: string): Workspace {
  const manifest = readJson<PackageFile>(join(root, 'package.json'));
  const { paths } = readJson<TypeScriptConfiguration>(join(root, 'tsconfig.base.json')).compilerOptions;
  const aliases = Object.entries(paths).map(([alias, [file = '']]) => [alias, file.replace(/^\.\//, '')] as const);
  return {
    root,
    commit: readCommit(root),
    license: manifest.license,
    engines: manifest.engines,
    dependencies: new Map(Object.entries(manifest.dependencies ?? {})),
    allowScripts: manifest.allowScripts ?? {},
    lockedPackages: readJson<Lockfile>(join(root, 'package-lock.json')).packages,
    aliases: new Map(aliases),
  };
}

/** Every app that can be started: a folder of apps/ with src/main.ts. */
export function buildableApps(root: string): string[] {
  return readdirSync(join(root, 'apps'))
    .filter((name) => existsSync(join(root, entryOf(name))))
    .sort();
}

/** Each app has a version of its own. */
export function versionOf(root: string, app: string): string {
  return readJson<{ readonly version: string }>(join(root, 'apps', app, 'package.json')).version;
}

export function entryOf(app: string): string {
  return `apps/${app}/src/main.ts`;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
