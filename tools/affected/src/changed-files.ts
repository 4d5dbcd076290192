import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The base cannot be compared with: a branch that was not fetched, say. */
export class UnknownBaseError extends Error {
  override readonly name = 'UnknownBaseError';
}

/**
 * Paths of the files that differ from where `base` and the present commit parted, also those that are not committed yet.
 * Deleted files are among them; of a renamed one both names.
 * @throws UnknownBaseError
 */
export function changedFiles(root: string, base: string): string[] {
  const parted = git(root, 'merge-base', base, 'HEAD').trim();
  const changed = git(root, 'diff', '--name-only', '--no-renames', '-z', parted);
  const fresh = git(root, 'ls-files', '--others', '--exclude-standard', '-z');
  return [...new Set(`${changed}${fresh}`.split('\0').filter((path) => path !== ''))].sort();
}

/** Every file of the repository, also those that are not committed yet. */
export function allFiles(root: string): string[] {
  return git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z')
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)));
}

function git(root: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new UnknownBaseError(`git ${args.join(' ')}: ${stderr.trim() || 'no common commit'}`);
  return stdout;
}
