import { type ArchiveStorage, isStorageError, storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveErrorCodes, corrupted, missingObject } from './archive.errors';
import { type Manifest } from './manifest';
import { decodeManifest, encodeManifest } from './manifest-codec';

/** Manifests are small; a larger object is none. */
const largestBytes = 64 * 1024 * 1024;

/**
 * Creates a manifest unless its key is taken, and reads it back. A manifest of the same content is ours: the store may
 * have said no to a repetition of a put whose first answer was lost.
 *
 * @throws ARCHIVE.ALREADY_PUBLISHED when another manifest has the key; ARCHIVE.CORRUPTED when it reads back otherwise
 */
export async function publishManifest(storage: ArchiveStorage, manifest: Manifest): Promise<Manifest> {
  const { key } = manifest;
  const bytes = encodeManifest(manifest);
  const created = await putUnlessThere(storage, key, bytes);
  const stored = await readWhole(storage, key);
  if (sameBytes(bytes, stored)) return decodeManifest(key, stored, storage.urlOf(key));
  if (created) throw corrupted(storage.urlOf(key), 'it reads back differently');
  throw new AppError(archiveErrorCodes.alreadyPublished, `${storage.urlOf(key)} was published by somebody else`, {
    context: { object: storage.urlOf(key) },
  });
}

/** @throws ARCHIVE.UNREADABLE_MANIFEST, ARCHIVE.MISSING_OBJECT, STORAGE.* */
export async function readManifest(storage: ArchiveStorage, key: string): Promise<Manifest> {
  return decodeManifest(key, await readWhole(storage, key), storage.urlOf(key));
}

async function putUnlessThere(storage: ArchiveStorage, key: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await storage.put(key, once(bytes));
    return true;
  } catch (thrown) {
    if (isStorageError(thrown, storageErrorCodes.objectExists)) return false;
    throw thrown;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function readWhole(storage: ArchiveStorage, key: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of await openObject(storage, key)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > largestBytes) throw corrupted(storage.urlOf(key), 'it is too long for a manifest');
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** @throws ARCHIVE.MISSING_OBJECT */
export async function openObject(storage: ArchiveStorage, key: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    return await storage.open(key);
  } catch (thrown) {
    if (isStorageError(thrown, storageErrorCodes.notFound)) throw missingObject(storage.urlOf(key), thrown);
    throw thrown;
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
