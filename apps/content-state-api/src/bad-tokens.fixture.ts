import { createHmac } from 'node:crypto';
import { type TokenIssuer } from '@scorekeep/platform/testing-platform';

/** A token that nobody must believe, and what the refusal says of it. */
export interface BadToken {
  readonly what: string;
  /** @param stranger whose key is not among the known ones */
  readonly make: (issuer: TokenIssuer, stranger: TokenIssuer) => string;
  readonly words: string;
}

const hour = 3_600;
const nowS = (): number => Math.floor(Date.now() / 1000);
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const algorithm = 'an algorithm other than RS256';
const unknownKey = 'a key that is not known';
const signature = 'a signature that does not fit';

export const badTokens: readonly BadToken[] = [
  { what: 'malformed', make: () => 'not.a-token', words: 'is malformed' },
  { what: 'over-long', make: (issuer) => issuer.tokenOf('caller', { name: 'x'.repeat(20_000) }), words: 'is too long' },
  { what: 'of the algorithm `none`', make: (issuer) => of(issuer, { alg: 'none' }, () => 'c2ln'), words: algorithm },
  { what: 'of HS256 signed with the public key', make: signedWithPublicKey, words: algorithm },
  { what: 'of an unknown algorithm', make: (issuer) => of(issuer, { alg: 'RS257' }, () => 'c2ln'), words: algorithm },
  { what: 'of an unknown key', make: (_, stranger) => stranger.tokenOf('caller'), words: unknownKey },
  { what: 'of a kid that is a path', make: (issuer) => withKid(issuer, '/etc/ssl/key-1'), words: unknownKey },
  { what: 'of a kid that climbs', make: (issuer) => withKid(issuer, '../keys/key-1'), words: unknownKey },
  { what: 'signed by another key', make: (_, stranger) => withKid(stranger, 'key-1'), words: signature },
  { what: 'tampered with', make: tampered, words: signature },
  { what: 'of a wrong issuer', make: (issuer) => issuer.tokenOf('caller', { iss: 'x' }), words: 'of another issuer' },
  { what: 'expired', make: (issuer) => issuer.tokenOf('caller', { exp: nowS() - 1 }), words: 'has expired' },
  {
    what: 'of the future (nbf)',
    make: (issuer) => issuer.tokenOf('caller', { nbf: nowS() + hour }),
    words: 'is not valid yet',
  },
  {
    what: 'of the future (iat)',
    make: (issuer) => issuer.tokenOf('caller', { iat: nowS() + hour }),
    words: 'is not valid yet',
  },
];

/** A good token with the claims of another. */
export function tampered(issuer: TokenIssuer): string {
  const [header, , signed] = issuer.tokenOf('caller').split('.');
  return [header, encoded({ iss: issuer.url, sub: 'somebody', exp: nowS() + hour }), signed].join('.');
}

function signedWithPublicKey(issuer: TokenIssuer): string {
  return of(issuer, { alg: 'HS256' }, (text) =>
    createHmac('sha256', issuer.publicPem).update(text).digest('base64url'),
  );
}

function withKid(issuer: TokenIssuer, kid: string): string {
  return issuer.sign({ iss: issuer.url, sub: 'caller', exp: nowS() + hour }, { kid });
}

function of(issuer: TokenIssuer, header: object, sign: (text: string) => string): string {
  const claims = { iss: issuer.url, sub: 'caller', exp: nowS() + hour };
  const text = `${encoded({ kid: issuer.kid, ...header })}.${encoded(claims)}`;
  return `${text}.${sign(text)}`;
}
