import { verify, type KeyObject } from 'node:crypto';

/** Real ones have one to two thousand characters. */
const LONGEST_TOKEN = 8_192;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Reused, since each token is decoded before the next: garbage would cost more than the decoding. */
const scratch = Buffer.alloc(LONGEST_TOKEN);

/** A token of which nothing is proven yet. */
export interface SignedToken {
  readonly kid: string;
  readonly signed: string;
  readonly claims: string;
  readonly signature: string;
}

interface TokenHeader {
  readonly kid: string;
}

/** What a token says, once its signature was found good. */
export type Claims = Readonly<Record<string, unknown>>;

/** @returns why it is no token that could be verified: the algorithm is RS256, and no other, before a key is looked up */
export function parseToken(token: string): SignedToken | { readonly problem: string } {
  if (token.length > LONGEST_TOKEN) return { problem: 'is too long' };
  if (!TOKEN.test(token)) return { problem: 'is malformed' };
  const headerEnd = token.indexOf('.');
  const claimsEnd = token.lastIndexOf('.');
  const header = readHeader(token.slice(0, headerEnd));
  if ('problem' in header) return header;
  return {
    kid: header.kid,
    signed: token.slice(0, claimsEnd),
    claims: token.slice(headerEnd + 1, claimsEnd),
    signature: token.slice(claimsEnd + 1),
  };
}

/** The few headers that an issuer's tokens begin with, as they were understood: anybody can send others, so it is bounded. */
const knownHeaders = new Map<string, TokenHeader>();
const MOST_KNOWN_HEADERS = 64;

function readHeader(part: string): TokenHeader | { readonly problem: string } {
  const known = knownHeaders.get(part);
  if (known) return known;
  const header = understoodHeader(decoded(part));
  if ('kid' in header && knownHeaders.size < MOST_KNOWN_HEADERS) knownHeaders.set(part, header);
  return header;
}

function understoodHeader(header: Claims | undefined): TokenHeader | { readonly problem: string } {
  if (!header) return { problem: 'is malformed' };
  const { alg, kid, crit } = header;
  if (alg !== 'RS256') return { problem: 'is signed by an algorithm other than RS256' };
  if (crit !== undefined) return { problem: 'wants extensions that are not known (crit)' };
  if (typeof kid !== 'string') return { problem: 'names no key (kid)' };
  return { kid };
}

/** @returns undefined when the signature is not the key's, or the claims are no JSON object */
export function verifyToken({ signed, claims, signature }: SignedToken, key: KeyObject): Claims | undefined {
  // Given a key of another type, Node would verify by that type's algorithm.
  if (key.asymmetricKeyType !== 'rsa') return undefined;
  const isGenuine = verify('RSA-SHA256', Buffer.from(signed, 'latin1'), key, Buffer.from(signature, 'base64url'));
  return isGenuine ? decoded(claims) : undefined;
}

function decoded(part: string): Claims | undefined {
  const json = scratch.toString('utf8', 0, scratch.write(part, 'base64url'));
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
