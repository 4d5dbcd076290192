import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version to write into manifests: that of the nearest package.json above this file, as the build puts one there. */
export function toolVersion(folder: string = __dirname): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  return folder === dirname(folder) ? 'unknown' : toolVersion(dirname(folder));
}
