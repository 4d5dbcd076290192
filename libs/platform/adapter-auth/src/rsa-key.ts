import { createPublicKey, type JsonWebKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { messageOf } from '@scorekeep/platform/util-errors';

const LEAST_MODULUS_BITS = 2_048;
const PUBLIC_PEM = /-----BEGIN (RSA PUBLIC KEY|PUBLIC KEY|CERTIFICATE)-----/;

/** A key that can verify RS256, or why it cannot. */
export type RsaKey = { readonly key: KeyObject } | { readonly problem: string };

/** @param pem a public key or a certificate; private keys are refused, since they have no business there */
export function rsaKeyOfPem(pem: string): RsaKey {
  return PUBLIC_PEM.test(pem) ? rsaKeyOf(pem) : { problem: 'holds no public key in PEM' };
}

export function rsaKeyOfJwk(jwk: JsonWebKey): RsaKey {
  return rsaKeyOf({ key: jwk, format: 'jwk' });
}

function rsaKeyOf(input: string | JsonWebKeyInput): RsaKey {
  let key: KeyObject;
  try {
    key = createPublicKey(input);
  } catch (error) {
    return { problem: `holds no key that can be read: ${messageOf(error)}` };
  }
  if (key.asymmetricKeyType !== 'rsa') return { problem: `holds a key of type ${key.asymmetricKeyType}, not RSA` };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < LEAST_MODULUS_BITS ? { problem: `holds an RSA key of ${bits} bits, too few` } : { key };
}
