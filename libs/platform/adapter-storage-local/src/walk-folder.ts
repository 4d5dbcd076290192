import { isStorageKey, type StoredObject } from '@scorekeep/platform/domain-storage';
import { type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from './local-storage.errors';
import { isTemporaryName } from './temporary-name';

/**
 * Finished files below `base` whose path from there starts with `prefix`, in order of the path's UTF-8 bytes. Only
 * folders that can hold such files are read. Files that vanish meanwhile are left out.
 */
export async function* walkFolder(base: string, prefix: string): AsyncGenerator<StoredObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '' && !isStorageKey(folder.slice(0, -1))) return;
  yield* walk(base, folder, prefix.slice(folder.length));
}

async function* walk(base: string, folder: string, start: string): AsyncGenerator<StoredObject> {
  for (const entry of await entriesOf(base, folder)) {
    if (!entry.name.startsWith(start)) continue;
    const key = `${folder}${entry.name}`;
    if (entry.isDirectory()) {
      yield* walk(base, `${key}/`, '');
    } else if (entry.isFile() && !isTemporaryName(entry.name)) {
      const bytes = await lengthOf(join(base, key));
      if (bytes !== undefined) yield { key, bytes };
    }
  }
}

/** Sorted by what their keys go on with: a folder's by its name and a slash, so `a-b` comes before the files of `a`. */
async function entriesOf(base: string, folder: string): Promise<Dirent[]> {
  const entries = await unlessMissing(readdir(join(base, folder), { withFileTypes: true }), folder === '');
  return (entries ?? [])
    .map((entry) => ({ entry, order: Buffer.from(entry.isDirectory() ? `${entry.name}/` : entry.name) }))
    .sort((left, right) => Buffer.compare(left.order, right.order))
    .map(({ entry }) => entry);
}

async function lengthOf(path: string): Promise<number | undefined> {
  return (await unlessMissing(stat(path), false))?.size;
}

/** A base that is a file is a mistake in the settings; below it, a file is just no folder. */
async function unlessMissing<T>(reading: Promise<T>, isBase: boolean): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || (code === 'ENOTDIR' && !isBase)) return undefined;
    throw error;
  }
}
