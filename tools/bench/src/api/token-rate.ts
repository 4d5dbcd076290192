import { verify } from 'node:crypto';
import { TokenAuthenticator, KeyFolder } from '@scorekeep/platform/adapter-auth';
import { type BenchLearners } from './bench-learners';

/** Verifications per second of CPU time. */
export interface TokenRates {
  readonly authenticator: number;
  readonly bare: number;
}

/** Enough for one measurement to last some tenths of a second, past what the compiler does at first. */
const PASSES = 5;

/**
 * All tokens, some times over, by the API's authenticator, keys, claims and all, and by nothing but `crypto.verify` on bytes that
 * were cut out before, with a cached key.
 */
export async function tokenRates(learners: BenchLearners, keys: string): Promise<TokenRates> {
  const folder = await KeyFolder.open(keys, () => undefined);
  const authenticator = new TokenAuthenticator(folder, learners.issuer.url, Date.now);
  const parts = learners.tokens.map((token) => {
    const end = token.lastIndexOf('.');
    return { signed: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), 'base64url') };
  });
  const headers = learners.tokens.map((token) => ({ 'x-authenticated-user-token': token }));
  try {
    const bare = await perCpuSecond(parts.length, async () => {
      for (const { signed, signature } of parts) {
        if (!verify('RSA-SHA256', signed, learners.issuer.publicKey, signature)) throw new Error('not genuine');
      }
    });
    const whole = await perCpuSecond(headers.length, async () => {
      for (const each of headers) await authenticator.authenticate(each, { acceptsExpired: false });
    });
    return { bare, authenticator: whole };
  } finally {
    folder.close();
  }
}

async function perCpuSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let pass = 0; pass < PASSES; pass += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (PASSES * count * 1_000_000) / (user + system);
}
