import { createHash } from 'node:crypto';

const HEX_DIGITS = 32;

/** The first 128 bits of a text's SHA-256 (of its UTF-8 bytes), as 32 lower-case hex digits. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HEX_DIGITS);
}
