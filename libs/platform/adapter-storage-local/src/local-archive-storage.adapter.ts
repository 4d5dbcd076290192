import {
  ArchiveStorage,
  assertStorageKey,
  invalidStorageKey,
  objectCorrupted,
  objectExists,
  objectNotFound,
  objectTruncated,
  storageRefused,
  type PutOptions,
  type StoredObject,
  type StorePlace,
} from '@scorekeep/platform/domain-storage';
import { access, constants, link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, syncFolder } from './durable-folder';
import { systemCodeOf, translateFileError } from './local-storage.errors';
import { type LocalStorageSettings } from './local-storage.settings';
import { isTemporaryName, temporaryName } from './temporary-name';
import { walkFolder } from './walk-folder';

const READ_BYTES = 256 * 1024;

/**
 * Objects as files at `<root>/<key>`, with a bucket at `<root>/<bucket>/<key>`.
 *
 * A put writes a temporary file beside the final one, syncs it, and gives it its name in one step of the file system:
 * `link` for a new object, which fails when the name is taken, `rename` for a replacement. Then the folder is synced.
 * So a killed process or a power cut leaves the object whole or absent, and at most a temporary file, never served.
 */
export class LocalArchiveStorage extends ArchiveStorage {
  private readonly base: string;
  private readonly place: StorePlace;

  constructor(settings: LocalStorageSettings) {
    super();
    this.base = resolve(settings.STORAGE_LOCAL_ROOT, settings.STORAGE_BUCKET ?? '.');
    this.place = { address: this.base, setting: 'STORAGE_LOCAL_ROOT' };
  }

  async put(key: string, body: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredObject> {
    const path = this.urlOf(key);
    const temporary = join(dirname(path), temporaryName());
    try {
      await this.translated(key, makeFolder(dirname(path)));
      const bytes = await this.write(temporary, key, body);
      if (options.replace) await this.translated(key, rename(temporary, path));
      else await this.create(temporary, path, key);
      await this.translated(key, syncFolder(dirname(path)));
      return { key, bytes };
    } catch (error) {
      // The first failure is the one to tell; a temporary file that cannot be removed is never served.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    if ((await this.stat(key)) === undefined) throw objectNotFound(key);
    return this.read(key);
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    const path = this.urlOf(key);
    try {
      const found = await stat(path);
      return found.isFile() ? { key, bytes: found.size } : undefined;
    } catch (error) {
      // Under a base that is no folder nothing can be said of any object.
      const baseIsWrong = systemCodeOf(error) === 'ENOTDIR' && !(await isFolder(this.base));
      if (isMissing(error) && !baseIsWrong) return undefined;
      throw baseIsWrong ? storageRefused(this.place, error) : translateFileError(error, this.place, key);
    }
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    try {
      yield* walkFolder(this.base, prefix);
    } catch (error) {
      throw systemCodeOf(error) === 'ENOTDIR'
        ? storageRefused(this.place, error)
        : translateFileError(error, this.place, prefix);
    }
  }

  async remove(key: string): Promise<void> {
    const path = this.urlOf(key);
    if ((await this.stat(key)) === undefined) return;
    try {
      await unlink(path);
      await syncFolder(dirname(path));
    } catch (error) {
      if (!isMissing(error)) throw translateFileError(error, this.place, key);
    }
  }

  urlOf(key: string): string {
    assertStorageKey(key);
    const segments = key.split('/');
    if (segments.some(isTemporaryName)) throw invalidStorageKey(key, 'has the form of a temporary file');
    return join(this.base, ...segments);
  }

  /** Makes the folder when it is missing, as the first put would. */
  async check(): Promise<void> {
    try {
      await makeFolder(this.base);
      await access(this.base, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      if (['EEXIST', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) throw storageRefused(this.place, error);
      throw translateFileError(error, this.place, '');
    }
  }

  private async write(path: string, key: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    const file = await this.translated(key, open(path, 'wx'));
    try {
      let bytes = 0;
      for await (const chunk of body) {
        await this.translated(key, file.writeFile(chunk));
        bytes += chunk.length;
      }
      await this.translated(key, file.sync());
      const { size } = await this.translated(key, file.stat());
      if (size !== bytes) throw objectCorrupted(key, `${bytes} bytes were written, the file has ${size}`);
      return bytes;
    } finally {
      await this.translated(key, file.close());
    }
  }

  private async create(temporary: string, path: string, key: string): Promise<void> {
    try {
      await link(temporary, path);
      await unlink(temporary);
    } catch (error) {
      if (systemCodeOf(error) === 'EEXIST' && !(await isFolder(path))) throw objectExists(key, error);
      throw translateFileError(error, this.place, key);
    }
  }

  /** Opens the file at the first chunk, so that a body nobody reads holds nothing. */
  private async *read(key: string): AsyncGenerator<Uint8Array> {
    const file = await open(this.urlOf(key), 'r').catch((error: unknown) => {
      throw isMissing(error) ? objectNotFound(key, error) : translateFileError(error, this.place, key);
    });
    try {
      const { size } = await this.translated(key, file.stat());
      let position = 0;
      for (;;) {
        const buffer = Buffer.allocUnsafe(READ_BYTES);
        const { bytesRead } = await this.translated(key, file.read(buffer, 0, READ_BYTES, position));
        if (bytesRead === 0) break;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      if (position < size) throw objectTruncated(key, { expected: size, received: position });
    } finally {
      await file.close();
    }
  }

  private async translated<T>(key: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw translateFileError(error, this.place, key);
    }
  }
}

/** No such file: it is not there, a folder of its path is not, or one of them is an object. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '');
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
