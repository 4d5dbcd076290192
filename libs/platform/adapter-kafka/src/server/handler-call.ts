import { type BaseRpcContext, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';

const kinds = new Set(['done', 'skip', 'retry', 'dead-letter']);

/**
 * Calls a Nest handler and unwraps what Nest makes of its answer: a value, or an Observable of it when there are
 * interceptors, or one that fails when the handler threw.
 *
 * @throws Error when the handler threw, or did not give a list of outcomes
 */
export async function callHandler(
  handler: MessageHandler,
  records: readonly ConsumedRecord[],
  context: BaseRpcContext,
): Promise<readonly RecordOutcome[]> {
  try {
    const returned: unknown = await handler(records, context);
    const result: unknown = isObservable(returned) ? await lastValueFrom(returned) : returned;
    if (isOutcomes(result)) return result;
  } catch (thrown) {
    throw asError(thrown);
  }
  throw new Error('the handler did not give a list of outcomes');
}

function isOutcomes(result: unknown): result is readonly RecordOutcome[] {
  return Array.isArray(result) && result.every((each: { kind?: unknown } | null) => kinds.has(String(each?.kind)));
}

/** Nest's own filter replaces an error by `{ status, message: 'Internal server error' }`, having logged it. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { message } = (thrown ?? {}) as { message?: unknown };
  return new Error(typeof message === 'string' ? message : String(thrown));
}
