import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '@scorekeep/platform/util-errors';

interface PackageFile {
  readonly version: string;
  /** Put there by the build. */
  readonly scorekeep?: { readonly commit: string };
}

/**
 * The version in the nearest package.json above the file that was started: the repository's, or the one that the build
 * puts beside main.js.
 * @throws CLI.NO_VERSION
 */
export function appVersion(mainFile: string): string {
  return nearestPackage(mainFile).version;
}

/** `1.2.3 (<commit>)`: what exactly runs. From the sources, which are no build of a commit, the version alone. */
export function appRelease(mainFile: string): string {
  const { version, scorekeep } = nearestPackage(mainFile);
  return scorekeep === undefined ? version : `${version} (${scorekeep.commit})`;
}

function nearestPackage(mainFile: string): PackageFile {
  for (let folder = dirname(mainFile); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PackageFile;
    if (folder === dirname(folder)) throw new AppError('CLI.NO_VERSION', `no package.json above ${mainFile}`);
  }
}
