import { BuildError } from './build.errors';

/** What a lockfile of npm (version 3) says of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly [other: string]: unknown;
}

/** By folder, as npm writes them: `node_modules/a/node_modules/b`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/**
 * The packages that are installed when `names` are the only direct dependencies, at the same versions and places.
 * Marked optional: what is reached through optional dependencies alone, so that npm may leave it out on another platform.
 *
 * @throws BuildError when the lockfile lacks one of them
 */
export function pruneLockfile(packages: LockedPackages, names: readonly string[]): LockedPackages {
  const needed = reachable(packages, names, requiredBy);
  const all = reachable(packages, names, (locked) => [...requiredBy(locked), ...optionalOf(locked)]);
  const folders = [...all].sort();
  return Object.fromEntries(
    folders.map((folder) => [folder, { ...withoutMarks(packages[folder]), ...(needed.has(folder) ? {} : optional) }]),
  );
}

/** `node_modules/a/node_modules/@b/c` → `@b/c`. */
export function packageNameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

const optional = { optional: true };

interface Requirement {
  readonly name: string;
  readonly mayBeMissing: boolean;
}

function requiredBy({
  dependencies,
  optionalDependencies,
  peerDependencies,
  peerDependenciesMeta,
}: LockedPackage): Requirement[] {
  const names = [
    ...Object.keys(dependencies ?? {}),
    ...Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true),
  ];
  return names
    .filter((name) => optionalDependencies?.[name] === undefined)
    .map((name) => ({ name, mayBeMissing: false }));
}

function optionalOf({ optionalDependencies }: LockedPackage): Requirement[] {
  return Object.keys(optionalDependencies ?? {}).map((name) => ({ name, mayBeMissing: true }));
}

function reachable(
  packages: LockedPackages,
  names: readonly string[],
  requirements: (locked: LockedPackage) => readonly Requirement[],
): Set<string> {
  const found = new Set<string>();
  const visit = (from: string, { name, mayBeMissing }: Requirement): void => {
    const folder = resolve(packages, from, name);
    if (folder === undefined && !mayBeMissing) {
      throw new BuildError(`package-lock.json has no ${name}, which ${from === '' ? 'the app' : from} needs`);
    }
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    requirements(packages[folder] ?? {}).forEach((requirement) => visit(folder, requirement));
  };
  names.forEach((name) => visit('', { name, mayBeMissing: false }));
  return found;
}

/** As node does: the package's own node_modules first, then that of each folder above. */
function resolve(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (folder === '') return undefined;
  }
}

/** What the marks say is true of the whole repository only. */
function withoutMarks(locked: LockedPackage = {}): LockedPackage {
  const marks = ['dev', 'devOptional', 'optional', 'peer'];
  return Object.fromEntries(Object.entries(locked).filter(([field]) => !marks.includes(field)));
}
