import { hash } from 'node:crypto';

const HEX_DIGITS = 32;

/** The first 128 bits of a text's SHA-256 (of its UTF-8 bytes), as 32 lower-case hex digits. */
export function shortDigest(text: string): string {
  return hash('sha256', text).slice(0, HEX_DIGITS);
}
