import { AuthSettings, createAuthenticator } from '@scorekeep/platform/adapter-auth';
import { type HttpAppOptions } from '@scorekeep/platform/adapter-http';
import { createRateLimit, RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Settings } from '@scorekeep/platform/util-config';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type MetricsRegistry } from '@scorekeep/platform/util-metrics';

export interface CallerParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: MetricsRegistry;
}

export interface Callers {
  /** Who may call, and how often. */
  readonly options: Pick<HttpAppOptions, 'authenticator' | 'rateLimit'>;
  readonly close: () => void;
}

/** @throws AUTH.KEYS_UNREADABLE when AUTH_PUBLIC_KEYS_DIR is no folder */
export async function openCallers({ settings, logger, metrics }: CallerParts): Promise<Callers> {
  const { authenticator, ...keys } = await createAuthenticator(settings.get(AuthSettings), logger);
  const limit = createRateLimit(settings.get(RateLimitSettings), { name: 'content-state-api', logger });
  metrics.observedGauge(
    { name: 'rate_limit_shared', help: '1 while calls are counted together with other instances' },
    () => Number(limit.isShared()),
  );
  return {
    options: { authenticator, ...(limit.rateLimit ? { rateLimit: limit.rateLimit } : {}) },
    close: () => {
      keys.close();
      limit.close();
    },
  };
}
