import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { KeySource } from './key-source.port';
import { TokenAuthenticator } from './token-authenticator';

/** Keys that are there at once, and others that a refresh finds. */
class KnownKeys extends KeySource {
  refreshes = 0;

  constructor(
    private readonly keys: Map<string, KeyObject>,
    private readonly later = new Map<string, KeyObject>(),
  ) {
    super();
  }

  get isEmpty(): boolean {
    return this.keys.size === 0;
  }

  get(kid: string): KeyObject | undefined {
    return this.keys.get(kid);
  }

  async refresh(): Promise<void> {
    this.refreshes += 1;
    for (const [kid, key] of this.later) this.keys.set(kid, key);
  }

  close(): void {}
}

const issuer = new TokenIssuer('key-1');
const other = new TokenIssuer('key-2');
const keys = new KnownKeys(new Map([['key-1', issuer.publicKey]]), new Map([['key-2', other.publicKey]]));
const nowS = Math.floor(Date.now() / 1000);
const authenticator = new TokenAuthenticator(keys, issuer.url, () => nowS * 1000);
const hour = 3_600;

const base64url = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const claimsOf = (userId: string) => ({ iss: issuer.url, sub: `f:realm:${userId}`, exp: nowS + hour });

/** The key's own text as the secret, which a verifier that lets the token choose the algorithm would take. */
function signedByPublicKey(): string {
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid: 'key-1' })}.${base64url(claimsOf('u'))}`;
  return `${signed}.${createHmac('sha256', issuer.publicPem).update(signed).digest('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = issuer.tokenOf('u').split('.');
  return [header, base64url(claimsOf('somebody-else')), signature].join('.');
}

function ask(token: string | undefined, forToken?: string, acceptsExpired = false) {
  const headers = {
    ...(token === undefined ? {} : { 'x-authenticated-user-token': token }),
    ...(forToken === undefined ? {} : { 'x-authenticated-for': forToken }),
  };
  return authenticator.authenticate(headers, { acceptsExpired });
}

const refusal = (words: string) => ({ code: 'HTTP.UNAUTHENTICATED', message: words });

describe('a caller', () => {
  it.each([
    ['f:5a8a3f2b:u-1', 'u-1'],
    ['u-1', 'u-1'],
    [':u-1', 'u-1'],
  ])('whose sub is %s is %s: what follows the last colon', async (sub, userId) => {
    expect(await ask(issuer.tokenOf('', { sub }))).toEqual({ userId });
  });

  const refused: [string, () => string | undefined, string][] = [
    ['without a token', () => undefined, 'is missing'],
    ['with an empty token', () => '  ', 'is missing'],
    ['with text that is no token', () => 'abc', 'is malformed'],
    ['with four parts', () => `${issuer.tokenOf('u')}.x`, 'is malformed'],
    ['with a token sent twice', () => `${issuer.tokenOf('u')}, ${issuer.tokenOf('u')}`, 'is malformed'],
    ['with a header that is no JSON', () => `abc.${issuer.tokenOf('u').split('.').slice(1).join('.')}`, 'is malformed'],
    ['with a header that is a list', () => `${base64url([])}.e30.c2ln`, 'is malformed'],
    ['with an over-long token', () => issuer.tokenOf('u', { name: 'x'.repeat(8_192) }), 'is too long'],
    ['with alg none', () => `${base64url({ alg: 'none', kid: 'key-1' })}.${base64url(claimsOf('u'))}.`, 'is malformed'],
    [
      'with alg none and a signature',
      () => `${base64url({ alg: 'none', kid: 'key-1' })}.${base64url(claimsOf('u'))}.c2ln`,
      'is signed by an algorithm other than RS256',
    ],
    ['with HS256 signed by the public key', signedByPublicKey, 'is signed by an algorithm other than RS256'],
    ...['RS384', 'PS256', 'rs256', 'RS256 ', ['RS256'], 7].map((alg): [string, () => string, string] => [
      `with algorithm ${JSON.stringify(alg)}`,
      () => issuer.sign(claimsOf('u'), { alg }),
      'is signed by an algorithm other than RS256',
    ]),
    [
      'without an algorithm',
      () => issuer.sign(claimsOf('u'), { alg: undefined }),
      'is signed by an algorithm other than RS256',
    ],
    [
      'with extensions nobody knows',
      () => issuer.sign(claimsOf('u'), { crit: ['b64'] }),
      'wants extensions that are not known (crit)',
    ],
    ['without a kid', () => issuer.sign(claimsOf('u'), { kid: undefined }), 'names no key (kid)'],
    ['with a kid that is no text', () => issuer.sign(claimsOf('u'), { kid: ['key-1'] }), 'names no key (kid)'],
    ...[
      'key-3',
      '../../../../etc/passwd',
      '/dev/null',
      'key-1/../key-1',
      'key-1\u0000',
      '__proto__',
      'constructor',
    ].map((kid): [string, () => string, string] => [
      `with the kid ${kid}`,
      () => issuer.sign(claimsOf('u'), { kid }),
      'is signed by a key that is not known',
    ]),
    [
      'whose token another key signed',
      () => other.sign(claimsOf('u'), { kid: 'key-1' }),
      'has a signature that does not fit',
    ],
    ['with changed claims', tampered, 'has a signature that does not fit'],
    ['with a cut signature', () => issuer.tokenOf('u').slice(0, -10), 'has a signature that does not fit'],
    ['with claims that are no object', () => issuer.sign([1]), 'has a signature that does not fit'],
    ['whose token has expired', () => issuer.tokenOf('u', { exp: nowS }), 'has expired'],
    ['whose token never expires', () => issuer.tokenOf('u', { exp: undefined }), 'has no expiry (exp)'],
    ['whose expiry is no time', () => issuer.tokenOf('u', { exp: '9999999999' }), 'has no expiry (exp)'],
    ['whose token begins later', () => issuer.tokenOf('u', { nbf: nowS + 60 }), 'is not valid yet'],
    ['whose token was issued in the future', () => issuer.tokenOf('u', { iat: nowS + 60 }), 'is not valid yet'],
    ['whose beginning is no time', () => issuer.tokenOf('u', { nbf: 'now' }), 'is malformed'],
    ['of another realm', () => issuer.tokenOf('u', { iss: `${issuer.url}2` }), 'is of another issuer'],
    ['of no realm', () => issuer.tokenOf('u', { iss: undefined }), 'is of another issuer'],
    ['of several realms', () => issuer.tokenOf('u', { iss: [issuer.url] }), 'is of another issuer'],
    ['without a sub', () => issuer.tokenOf('u', { sub: undefined }), 'names no user (sub)'],
    ['whose sub ends with a colon', () => issuer.tokenOf('u', { sub: 'f:realm:' }), 'names no user (sub)'],
    ['whose sub is no text', () => issuer.tokenOf('u', { sub: { a: 1 } }), 'names no user (sub)'],
  ];

  it.each(refused)('%s is refused', async (_, token, words) => {
    await expect(ask(token())).rejects.toMatchObject(refusal(`x-authenticated-user-token ${words}`));
  });

  it.each(['exp', 'nbf', 'iat'])('may have a clock that differs a little: %s', async (claim) => {
    expect(await ask(issuer.tokenOf('u', { [claim]: nowS + 10 }))).toEqual({ userId: 'u' });
  });

  it('has time where expiry is not looked at, but for nothing else', async () => {
    expect(await ask(issuer.tokenOf('u', { exp: nowS - hour }), undefined, true)).toEqual({ userId: 'u' });
    await expect(ask(issuer.tokenOf('u', { nbf: nowS + 60 }), undefined, true)).rejects.toThrow('is not valid yet');
    await expect(ask(tampered(), undefined, true)).rejects.toThrow('signature');
    await expect(ask(issuer.tokenOf('u', { iss: 'x' }), undefined, true)).rejects.toThrow('issuer');
  });

  it('is believed when a new key signed the token, which is looked for once', async () => {
    const fresh = new KnownKeys(new Map([['key-1', issuer.publicKey]]), new Map([['key-2', other.publicKey]]));
    const late = new TokenAuthenticator(fresh, issuer.url, Date.now);
    const headers = { 'x-authenticated-user-token': other.tokenOf('u') };
    expect(await late.authenticate(headers, { acceptsExpired: false })).toEqual({ userId: 'u' });
    await late.authenticate(headers, { acceptsExpired: false });
    expect(fresh.refreshes).toBe(1);
  });
});

describe('a caller for a managed user', () => {
  const own = issuer.tokenOf('parent');

  it('is known with both', async () => {
    const both = { userId: 'parent', requestedFor: 'child' };
    expect(await ask(own, issuer.managedTokenOf('child', 'parent'))).toEqual(both);
    expect(await ask(own, issuer.managedTokenOf('child', 'parent', { iss: issuer.url }))).toEqual(both);
    expect(await ask(own, issuer.managedTokenOf('child', 'f:realm:parent'))).toEqual(both);
    expect(await ask(own, '')).toEqual({ userId: 'parent' });
  });

  it.each([
    [
      'whose parent is another',
      () => issuer.managedTokenOf('child', 'somebody'),
      'is of a user whom somebody else manages',
    ],
    ['without a parent', () => issuer.tokenOf('child'), 'is of a user whom somebody else manages'],
    ['of another realm', () => issuer.managedTokenOf('child', 'parent', { iss: 'x' }), 'is of another issuer'],
    ['without a user', () => issuer.managedTokenOf('', 'parent'), 'names no user (sub)'],
    ['that has expired', () => issuer.managedTokenOf('child', 'parent', { exp: nowS - 1 }), 'has expired'],
    [
      'signed by an unknown key',
      () => issuer.sign({ sub: 'child', parentId: 'parent' }, { kid: 'x' }),
      'is signed by a key that is not known',
    ],
    ['that is a plain id', () => 'child', 'is malformed'],
  ])('is refused with a token %s', async (_, forToken, words) => {
    await expect(ask(own, forToken())).rejects.toMatchObject(refusal(`x-authenticated-for ${words}`));
  });

  it('is refused without a token of their own', async () => {
    await expect(ask(undefined, issuer.managedTokenOf('child', 'parent'))).rejects.toThrow('user-token is missing');
    await expect(ask(issuer.managedTokenOf('child', 'parent'))).rejects.toThrow('user-token is of another issuer');
  });

  it('may come late where expiry is not looked at', async () => {
    const late = issuer.managedTokenOf('child', 'parent', { exp: nowS - hour });
    expect(await ask(own, late, true)).toEqual({ userId: 'parent', requestedFor: 'child' });
  });
});

describe('TokenAuthenticator', () => {
  it('is off without keys', () => {
    expect(new TokenAuthenticator(new KnownKeys(new Map()), issuer.url, Date.now).isOn).toBe(false);
    expect(authenticator.isOn).toBe(true);
  });

  it('takes no key that is not RSA for one that is', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ec = new TokenAuthenticator(new KnownKeys(new Map([['ec', publicKey]])), issuer.url, Date.now);
    const forged = Object.assign(Object.create(issuer) as TokenIssuer, { kid: 'ec', privateKey });
    await expect(
      ec.authenticate({ 'x-authenticated-user-token': forged.tokenOf('u') }, { acceptsExpired: false }),
    ).rejects.toThrow('signature that does not fit');
  });
});
