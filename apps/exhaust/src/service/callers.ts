import { AuthSettings, createAuthenticator } from '@scorekeep/platform/adapter-auth';
import { type HttpAppOptions } from '@scorekeep/platform/adapter-http';
import { createRateLimit, RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Settings } from '@scorekeep/platform/util-config';
import { type Logger } from '@scorekeep/platform/util-logging';

export interface Callers {
  /** Who may call, and how often. */
  readonly options: Pick<HttpAppOptions, 'authenticator' | 'rateLimit'>;
  readonly close: () => void;
}

/** @throws AUTH.KEYS_UNREADABLE when AUTH_PUBLIC_KEYS_DIR is no folder */
export async function openCallers(settings: Settings, logger: Logger): Promise<Callers> {
  const { authenticator, ...keys } = await createAuthenticator(settings.get(AuthSettings), logger);
  const { rateLimit, ...limit } = createRateLimit(settings.get(RateLimitSettings), { name: 'exhaust', logger });
  return {
    options: { authenticator, ...(rateLimit ? { rateLimit } : {}) },
    close: () => {
      keys.close();
      limit.close();
    },
  };
}
