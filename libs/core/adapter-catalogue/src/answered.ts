import { redisUnavailable } from './catalogue.errors';

/** A key of another type holds nothing of the catalogue: an id is made up by whoever sends the event. */
export async function answered<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (cause) {
    if (isOfAnotherType(cause)) return undefined;
    throw redisUnavailable(cause);
  }
}

/** Whether Redis says that the key has another type than the command is for. */
export function isOfAnotherType(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('WRONGTYPE');
}
