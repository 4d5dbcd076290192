import { Redis } from 'ioredis';

const MAX_RECONNECT_DELAY_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;

/** Longer than any count takes, short enough for a request to lose. */
const COMMAND_TIMEOUT_MS = 100;

/** A connection that repairs itself; while it is down, commands fail at once instead of waiting for it. */
export function connectRedis(url: string): Redis {
  return new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (tries) => Math.min(MAX_RECONNECT_DELAY_MS, tries * 100),
  });
}
