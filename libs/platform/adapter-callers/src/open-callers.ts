import { AuthSettings, createAuthenticator } from '@scorekeep/platform/adapter-auth';
import { createRateLimit, RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Settings } from '@scorekeep/platform/util-config';
import { type Authenticator, type RateLimit } from '@scorekeep/platform/util-http';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type MetricsRegistry } from '@scorekeep/platform/util-metrics';

/** What a service has that wants callers; `settings` hold AuthSettings and RateLimitSettings. */
export interface CallerParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: MetricsRegistry;
}

/** The callers of an app's public routes, until `close`. */
export interface Callers {
  /** Who may call, and how often: options of `createHttpApp`. */
  readonly options: { readonly authenticator?: Authenticator; readonly rateLimit?: RateLimit };
  /** Ends what looks after keys and counts in the background. */
  readonly close: () => void;
}

/**
 * @param name of the app: its instances count calls together
 * @throws AUTH.KEYS_UNREADABLE when AUTH_PUBLIC_KEYS_DIR is no folder
 */
export async function openCallers(name: string, { settings, logger, metrics }: CallerParts): Promise<Callers> {
  const { authenticator, ...keys } = await createAuthenticator(settings.get(AuthSettings), logger);
  const limit = createRateLimit(settings.get(RateLimitSettings), { name, logger });
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
