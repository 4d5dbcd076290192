import { messageOf } from '@scorekeep/platform/util-errors';
import { parseDurationMs } from '@scorekeep/platform/util-config';
import { type RateLimit } from '@scorekeep/platform/util-http';
import { type Logger } from '@scorekeep/platform/util-logging';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { type RateLimitSettings } from './rate-limit.settings';
import { connectRedis } from './redis.client';
import { LocalRateLimit, SharedRateLimit } from './shared-rate-limit';

export interface RateLimitOptions {
  /** Instances that give the same name share their counts. */
  readonly name: string;
  readonly logger: Logger;
}

export interface RunningRateLimit {
  /** Undefined: no limit is set. */
  readonly rateLimit: RateLimit | undefined;
  /** Whether counts are shared with other instances at the moment. */
  readonly isShared: () => boolean;
  readonly close: () => void;
}

/** The limit that the settings ask for. Never waits for Redis. */
export function createRateLimit(settings: RateLimitSettings, { name, logger }: RateLimitOptions): RunningRateLimit {
  const none = { isShared: () => false, close: () => undefined };
  if (settings.RATE_LIMIT_REQUESTS === 0) return { ...none, rateLimit: undefined };
  const points = settings.RATE_LIMIT_REQUESTS;
  const limit = {
    keyPrefix: `scorekeep:rate-limit:${name}`,
    points,
    duration: Math.ceil(parseDurationMs(settings.RATE_LIMIT_WINDOW) / 1000),
  };
  const local = new RateLimiterMemory(limit);
  if (settings.REDIS_URL === undefined) {
    logger.info('calls are counted by each instance alone: REDIS_URL is not set');
    return { ...none, rateLimit: new LocalRateLimit(local) };
  }
  const redis = connectRedis(settings.REDIS_URL);
  // Connection errors show in the calls that they fail.
  redis.on('error', () => undefined);
  const rateLimit = new SharedRateLimit({
    // Who is over the limit is known here until the window ends, so that their calls cost no round trip.
    shared: new RateLimiterRedis({ ...limit, storeClient: redis, inMemoryBlockOnConsumed: points + 1 }),
    local,
    onChange: (isShared, cause) => tell(logger, isShared, cause),
    nowMs: () => performance.now(),
  });
  return { rateLimit, isShared: () => redis.status === 'ready' && rateLimit.isShared, close: () => redis.disconnect() };
}

function tell(logger: Logger, isShared: boolean, cause: unknown): void {
  if (isShared) logger.info('calls are counted together with other instances again');
  else logger.warn(`calls are counted by this instance alone (REDIS_URL): ${messageOf(cause)}`);
}
