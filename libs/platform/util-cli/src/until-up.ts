import { setTimeout as delay } from 'node:timers/promises';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { type Logger } from '@scorekeep/platform/util-logging';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Tries again, with growing waits, while the failure is one that passes: a service outlives servers that are not there
 * yet. Each failure is logged with its message, which names address and setting.
 *
 * @throws what `connect` throws and no retry can help; the signal's reason when aborted
 */
export async function untilUp<T>(connect: () => Promise<T>, logger: Logger, signal: AbortSignal): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    signal.throwIfAborted();
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable) throw error;
      logger.warn(`${messageOf(error)}; trying again`, { waitMs });
    }
    await delay(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
