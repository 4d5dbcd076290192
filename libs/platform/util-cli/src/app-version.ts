import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '@scorekeep/platform/util-errors';

/**
 * The version in the nearest package.json above the file that was started: the repository's, or the one that the build
 * puts beside main.js.
 * @throws CLI.NO_VERSION
 */
export function appVersion(mainFile: string): string {
  for (let folder = dirname(mainFile); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    if (folder === dirname(folder)) throw new AppError('CLI.NO_VERSION', `no package.json above ${mainFile}`);
  }
}
