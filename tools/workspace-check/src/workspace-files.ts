import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository as the rules see it. Paths are relative to its root and use `/`. */
export interface WorkspaceFiles {
  readonly paths: readonly string[];
  read(path: string): string;
}

/** One thing that is wrong: `path: what, and what it should be`. */
export type Problem = string;

/** Looks at the whole repository, or at texts that a spec made up. */
export type Rule = (files: WorkspaceFiles) => Problem[];

const ignored = new Set(['node_modules', 'dist', 'tmp', 'data', 'coverage', '.nx', '.git']);

/** All files below `root`, except what is installed or generated. */
export function readWorkspaceFiles(root: string): WorkspaceFiles {
  const pathsIn = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (ignored.has(entry.name)) return [];
      return entry.isDirectory() ? pathsIn(path) : [path];
    });
  return { paths: pathsIn('').sort(), read: (path) => readFileSync(join(root, path), 'utf8') };
}

/** The file's JSON; undefined when there is no such file. */
export function readJson<T>(files: WorkspaceFiles, path: string): T | undefined {
  return files.paths.includes(path) ? (JSON.parse(files.read(path)) as T) : undefined;
}
