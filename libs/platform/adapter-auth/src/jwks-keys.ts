import { type JsonWebKey, type KeyObject } from 'node:crypto';
import { messageOf } from '@scorekeep/platform/util-errors';
import { keysUnavailable, keysUnreadable } from './auth.errors';
import { KeySource } from './key-source.port';
import { PacedRefresh } from './paced-refresh';
import { rsaKeyOfJwk } from './rsa-key';

const FETCH_TIMEOUT_MS = 5_000;

export interface JwksTiming {
  /** Between two fetches, however many unknown `kid`s come. */
  readonly minIntervalMs: number;
  /** After which a set is fetched again without anybody asking, so that a withdrawn key goes. */
  readonly maxAgeMs: number;
}

/** The keys of a JWKS URL, cached. A fetch that fails leaves the keys as they are, and is named in the log. */
export class JwksKeys extends KeySource {
  readonly isEmpty = false;
  private keys: Map<string, KeyObject> | undefined;
  private readonly paced: PacedRefresh;
  private readonly ageing: NodeJS.Timeout;

  constructor(
    private readonly url: string,
    private readonly warn: (message: string) => void,
    { minIntervalMs, maxAgeMs }: JwksTiming = { minIntervalMs: 10_000, maxAgeMs: 600_000 },
  ) {
    super();
    this.paced = new PacedRefresh(
      () => this.fetch(),
      minIntervalMs,
      () => performance.now(),
    );
    this.ageing = setInterval(() => void this.paced.run().catch(() => undefined), maxAgeMs).unref();
  }

  get(kid: string): KeyObject | undefined {
    return this.keys?.get(kid);
  }

  async refresh(): Promise<void> {
    const failure = await this.paced.run().catch((error: unknown) => error);
    if (this.keys === undefined) throw keysUnavailable(failure);
  }

  close(): void {
    clearInterval(this.ageing);
  }

  private async fetch(): Promise<void> {
    try {
      this.keys = keysOf(await this.answer());
    } catch (error) {
      this.warn(`keys not fetched: ${messageOf(error)}`);
      throw error;
    }
  }

  private async answer(): Promise<unknown> {
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      const text = await response.text();
      if (!response.ok) throw new Error(`status ${response.status}`);
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw keysUnreadable('the JWKS', 'AUTH_JWKS_URL', messageOf(error), error);
    }
  }
}

/** Only keys for RS256 signatures; a set holds others too (for encryption, of other types). */
function keysOf(jwks: unknown): Map<string, KeyObject> {
  const { keys } = (jwks ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw keysUnreadable('the JWKS', 'AUTH_JWKS_URL', 'it has no list of keys');
  return new Map(
    keys.filter(isForRs256).flatMap((jwk) => {
      const read = rsaKeyOfJwk(jwk);
      return 'key' in read ? [[jwk.kid, read.key] as const] : [];
    }),
  );
}

function isForRs256(jwk: JsonWebKey | null): jwk is JsonWebKey & { readonly kid: string } {
  const { kid, kty, use = 'sig', alg = 'RS256' } = jwk ?? {};
  return typeof kid === 'string' && kty === 'RSA' && use === 'sig' && alg === 'RS256';
}
