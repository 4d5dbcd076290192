import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of a project → its name. */
export type Projects = Readonly<Record<string, string>>;

/** What Nx's graph says can be touched by a change of these files: names of projects. */
export function affectedProjects(root: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const args = ['show', 'projects', '--affected', `--files=${files.join(',')}`, '--json'];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/nx'), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
  });
  if (status !== 0) throw new Error(`nx ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return (JSON.parse(stdout) as string[]).sort();
}

/** Every folder with a project.json. */
export function projectsByFolder(root: string, files: readonly string[]): Projects {
  const folders = files
    .filter((path) => path.endsWith('/project.json') && existsSync(join(root, path)))
    .map((path) => path.slice(0, -'/project.json'.length));
  return Object.fromEntries(folders.map((folder) => [folder, nameIn(join(root, folder, 'project.json'))]));
}

function nameIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly name: string }).name;
}
