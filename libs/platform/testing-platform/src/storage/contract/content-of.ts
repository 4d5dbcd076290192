import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { readAll } from '../test-bytes';

/** The whole object in memory. */
export async function contentOf(storage: ArchiveStorage, key: string): Promise<Uint8Array> {
  return readAll(await storage.open(key));
}

/** Compares without jest's diff, which would take minutes over megabytes. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
