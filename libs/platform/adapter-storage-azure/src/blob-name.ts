import { invalidStorageKey } from '@scorekeep/platform/domain-storage';

/** Azure takes a backslash for a slash, so another character stands for it, as in other systems that have to. */
const BACKSLASH = '\uf05c';

/** The blob's name. @throws STORAGE.INVALID_KEY for a key with the character that stands for a backslash */
export function blobNameOf(key: string): string {
  if (key.includes(BACKSLASH)) throw invalidStorageKey(key, 'holds U+F05C, which stands for a backslash in this store');
  return key.replaceAll('\\', BACKSLASH);
}

export function keyOf(blobName: string): string {
  return blobName.replaceAll(BACKSLASH, '\\');
}
