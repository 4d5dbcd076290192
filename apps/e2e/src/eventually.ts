import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const MOST_WORDS = 4_000;

/** Resolves when the condition holds. @throws Error after `withinMs`, with what `explain` gives */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  explain: () => string = () => condition.toString(),
  withinMs = 60_000,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`did not come true: ${explain().slice(-MOST_WORDS)}`);
    await delay(POLL_MS);
  }
}
