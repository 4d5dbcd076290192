import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { BuildError } from './build.errors';
import { type Workspace } from './workspace';

/** What an import means: a file of the repository, a package that must be there when the app runs, or a part of node. */
export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'builtin' };

/** @throws BuildError for a missing file, a package that is not installed in production, a library of test doubles. */
export function resolveImport(workspace: Workspace, importer: string, specifier: string): Resolution {
  if (specifier.startsWith('.')) return { kind: 'file', file: relativeFile(workspace, importer, specifier) };
  const aliased = workspace.aliases.get(specifier);
  if (aliased === undefined) {
    return isBuiltin(specifier) ? { kind: 'builtin' } : checkedPackage(workspace, importer, specifier);
  }
  if (/\/testing-/.test(specifier)) throw new BuildError(`${importer} imports ${specifier}, which is for specs only`);
  return { kind: 'file', file: aliased };
}

function relativeFile({ root }: Workspace, importer: string, specifier: string): string {
  const path = posix.join(posix.dirname(importer), specifier);
  const candidates = path.endsWith('.json') ? [path] : [`${path}.ts`, `${path}/index.ts`];
  const file = candidates.find((candidate) => existsSync(join(root, candidate)));
  if (file === undefined) throw new BuildError(`${importer} imports ${specifier}, which is not there`);
  return file;
}

function checkedPackage({ dependencies }: Workspace, importer: string, specifier: string): Resolution {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (!dependencies.has(name)) {
    throw new BuildError(`${importer} imports ${name}, which is not among the dependencies of package.json`);
  }
  return { kind: 'package', name };
}
