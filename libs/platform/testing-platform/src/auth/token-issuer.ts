import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Issues tokens as a realm of an identity provider does: RS256, the key named by `kid`. */
export class TokenIssuer {
  readonly url: string = 'https://sso.example/auth/realms/sunbird';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;

  constructor(readonly kid: string) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  get publicPem(): string {
    return this.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** As it stands in a JWKS. */
  get jwk(): object {
    return { ...this.publicKey.export({ format: 'jwk' }), kid: this.kid, use: 'sig', alg: 'RS256' };
  }

  /** A user's own token, good for an hour. @param claims instead of the usual ones; undefined leaves one out */
  tokenOf(userId: string, claims: object = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const usual = {
      iss: this.url,
      iat: now,
      exp: now + 3_600,
      sub: `f:5a8a3f2b-3409-42e0-9001-f913bc0fde31:${userId}`,
    };
    return this.sign({ ...usual, ...claims });
  }

  /** A token with which `parentId` acts for the managed user. */
  managedTokenOf(managedUserId: string, parentId: string, claims: object = {}): string {
    return this.tokenOf(managedUserId, { iss: undefined, sub: managedUserId, parentId, ...claims });
  }

  sign(claims: object, header: object = {}): string {
    const signed = `${encoded({ alg: 'RS256', typ: 'JWT', kid: this.kid, ...header })}.${encoded(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.privateKey, 'base64url')}`;
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
