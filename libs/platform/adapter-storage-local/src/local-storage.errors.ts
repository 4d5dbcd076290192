import { AppError } from '@scorekeep/platform/util-errors';
import {
  invalidStorageKey,
  storageFull,
  storageRefused,
  storageUnavailable,
  type StorePlace,
} from '@scorekeep/platform/domain-storage';

const FULL = ['ENOSPC', 'EDQUOT'];
/** Nothing changes these but a person: rights, a read-only mount, a file system without hard links, a limit on files. */
const REFUSED = ['EACCES', 'EPERM', 'EROFS', 'ENOTSUP', 'EOPNOTSUPP', 'EFBIG', 'ELOOP'];
/** A file where the path needs a folder, or the other way round. */
const COLLISION = ['EEXIST', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY'];

/** The error's code as the operating system names it: `ENOENT`, … */
export function systemCodeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** What a failed file operation for `key` means to users of the port. Failures that are translated already stay. */
export function translateFileError(error: unknown, place: StorePlace, key: string): AppError {
  if (error instanceof AppError) return error;
  const code = systemCodeOf(error) ?? '';
  if (FULL.includes(code)) return storageFull(place, error);
  if (REFUSED.includes(code)) return storageRefused(place, error);
  if (code === 'ENAMETOOLONG') return invalidStorageKey(key, 'is longer than the file system takes', error);
  if (COLLISION.includes(code)) return invalidStorageKey(key, 'is a folder of other keys or lies below one', error);
  return storageUnavailable(place, error);
}
