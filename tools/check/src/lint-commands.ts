import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every folder with a project.json: apps/<app>, libs/<scope>/<lib>, tools/<tool>. */
export function projectFolders(root: string): string[] {
  return ['apps', 'libs', 'tools']
    .flatMap((top) => readdirSync(join(root, top), { recursive: true }).map((path) => `${top}/${String(path)}`))
    .filter((path) => /^[^/]+(\/[^/]+){1,2}\/project\.json$/.test(path))
    .map((path) => path.slice(0, -'/project.json'.length))
    .sort();
}

/**
 * Arguments of nx, a process each, that together lint these projects.
 *
 * Lint reads types, and a process spends seconds on reading those of all packages before it looks at the first file. So
 * not every project gets a process, but every process a share of the projects, about equally large. It is still nx that
 * runs: without its graph ESLint would skip the boundaries. The cache is left out, which knows of one project only.
 */
export function lintCommands(root: string, folders: readonly string[], processes: number): string[][] {
  const projects = folders.map((folder) => ({ folder, size: sizeOf(join(root, folder)) }));
  return shares(projects, processes).map((share) => {
    const [first] = share;
    const { name } = JSON.parse(readFileSync(join(root, first ?? '', 'project.json'), 'utf8')) as { name: string };
    return ['run', `${name}:lint`, '--skip-nx-cache', ...share.map((folder) => `--lintFilePatterns=${folder}`)];
  });
}

interface SizedProject {
  readonly folder: string;
  /** Number of its TypeScript files. */
  readonly size: number;
}

/** The largest first, each to the share that is the smallest so far. */
function shares(projects: readonly SizedProject[], count: number): string[][] {
  const open = Array.from({ length: Math.min(count, projects.length) }, () => ({ folders: [] as string[], size: 0 }));
  for (const { folder, size } of [...projects].sort((left, right) => right.size - left.size)) {
    const smallest = open.reduce((left, right) => (right.size < left.size ? right : left));
    smallest.folders.push(folder);
    smallest.size += size;
  }
  return open.map(({ folders }) => folders.sort());
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true }).filter((path) => String(path).endsWith('.ts')).length;
}
