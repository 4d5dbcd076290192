import { Redis } from 'ioredis';

const MAX_RECONNECT_DELAY_MS = 2_000;
const COMMAND_TIMEOUT_MS = 2_000;

/**
 * A connection that repairs itself; while it is down, commands fail after a moment instead of waiting in a queue.
 *
 * @param onError called with each connection error, which the connection itself survives
 * @param options `lazyConnect`: with the first command, not at once
 */
export function connectRedis(
  url: string,
  database: number,
  onError: (error: Error) => void,
  { lazyConnect = false }: { readonly lazyConnect?: boolean } = {},
): Redis {
  const redis = new Redis(url, {
    db: database,
    lazyConnect,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (tries) => Math.min(MAX_RECONNECT_DELAY_MS, tries * 100),
  });
  redis.on('error', onError);
  return redis;
}
