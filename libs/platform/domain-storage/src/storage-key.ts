import { invalidStorageKey } from './storage.errors';

/** The longest key and the longest segment, in UTF-8 bytes, that every store takes (S3 and usual file systems). */
export const storageKeyLimits = { keyBytes: 1024, segmentBytes: 255 } as const;

/** Control characters cannot be listed (XML 1.0 has no way to write them); a lone surrogate has no UTF-8 form. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * Keys that every store takes, so that none depends on where it is kept: segments separated by single `/`, none of
 * them empty, `.` or `..`. The rest is opaque. A key must not also be the folder of others (`a` beside `a/b`): file
 * systems cannot hold both.
 *
 * @throws STORAGE.INVALID_KEY
 */
export function assertStorageKey(key: string): void {
  const reason = reasonAgainst(key);
  if (reason !== undefined) throw invalidStorageKey(key, reason);
}

/** Whether `assertStorageKey` takes the key. */
export function isStorageKey(key: string): boolean {
  return reasonAgainst(key) === undefined;
}

function reasonAgainst(key: string): string | undefined {
  const segments = key.split('/');
  if (segments.includes('')) return 'is empty or has an empty segment';
  if (segments.includes('.') || segments.includes('..')) return 'has a segment . or ..';
  if (UNWRITABLE.test(key)) return 'holds a control character or half a surrogate pair';
  if (utf8Length(key) > storageKeyLimits.keyBytes) return `is longer than ${storageKeyLimits.keyBytes} bytes`;
  if (segments.some((segment) => utf8Length(segment) > storageKeyLimits.segmentBytes)) {
    return `has a segment longer than ${storageKeyLimits.segmentBytes} bytes`;
  }
  return undefined;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
