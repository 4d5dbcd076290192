import { setTimeout as delay } from 'node:timers/promises';

/** Waits; resolves early when the signal is aborted. */
export async function interruptibleDelay(milliseconds: number, signal: AbortSignal): Promise<void> {
  const interrupted = (): undefined => undefined;
  await delay(milliseconds, undefined, { signal }).catch(interrupted);
}
