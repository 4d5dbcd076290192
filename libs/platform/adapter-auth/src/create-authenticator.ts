import { type Authenticator } from '@scorekeep/platform/util-http';
import { type Logger } from '@scorekeep/platform/util-logging';
import { AllKeys } from './all-keys';
import { type AuthSettings } from './auth.settings';
import { HeaderAuthenticator } from './header-authenticator';
import { JwksKeys } from './jwks-keys';
import { KeyFolder } from './key-folder';
import { type KeySource } from './key-source.port';
import { TokenAuthenticator } from './token-authenticator';

export interface RunningAuthenticator {
  readonly authenticator: Authenticator;
  /** Stops looking for other keys. */
  readonly close: () => void;
}

/**
 * The way of authentication that the settings ask for; what an operator should know of it is logged.
 * @throws AUTH.KEYS_UNREADABLE when AUTH_PUBLIC_KEYS_DIR is no folder
 */
export async function createAuthenticator(settings: AuthSettings, logger: Logger): Promise<RunningAuthenticator> {
  if (settings.AUTH_MODE === 'header') {
    logger.warn('AUTH_MODE=header: callers are believed without a proof; for development only');
    return { authenticator: new HeaderAuthenticator(), close: () => undefined };
  }
  const keys = new AllKeys(await sourcesOf(settings, logger));
  const authenticator = new TokenAuthenticator(keys, settings.AUTH_ISSUER ?? '', Date.now);
  if (!authenticator.isOn) {
    logger.warn('public routes are off: no keys to check tokens with (AUTH_PUBLIC_KEYS_DIR, AUTH_JWKS_URL)');
  }
  return { authenticator, close: () => keys.close() };
}

async function sourcesOf(settings: AuthSettings, logger: Logger): Promise<KeySource[]> {
  const { AUTH_PUBLIC_KEYS_DIR: folder, AUTH_JWKS_URL: url } = settings;
  const warn = (message: string): void => logger.warn(message);
  const sources: KeySource[] = [];
  if (folder !== undefined) sources.push(await KeyFolder.open(folder, warn));
  if (url !== undefined) {
    const jwks = new JwksKeys(url, warn);
    // The first tokens need not wait for the keys; a failure is logged, and tried again by the next unknown kid.
    void jwks.refresh().catch(() => undefined);
    sources.push(jwks);
  }
  return sources;
}
