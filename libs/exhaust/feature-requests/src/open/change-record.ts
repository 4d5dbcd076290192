import { setTimeout as delay } from 'node:timers/promises';
import { type ReportRequest, type RequestKey, type RequestLedger } from '@scorekeep/core/domain-exhaust';
import { contended, notFound } from '../requests.errors';

const MOST_ROUNDS = 10;
const LONGEST_PAUSE_MS = 50;

/** One round of compare and set: reads, decides, saves. Undefined: somebody else was quicker. */
export type Round<T> = () => Promise<T | undefined>;

/** Rounds until one was not disturbed. @throws EXHAUST.CONTENDED */
export async function untilSettled<T>(key: Partial<RequestKey>, round: Round<T>): Promise<T> {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const settled = await round();
    if (settled !== undefined) return settled;
    await delay(Math.random() * LONGEST_PAUSE_MS);
  }
  throw contended(key);
}

/** Saves; after an error it may have happened or not: reading the record again tells. @throws CASSANDRA.* */
export async function isSaved(ledger: RequestLedger, request: ReportRequest, expected: number): Promise<boolean> {
  try {
    return (await ledger.save(request, expected)) === 'saved';
  } catch (error) {
    const stored = await ledger.find(request);
    if (stored && isSame(stored, request)) return true;
    if ((stored?.version ?? 0) === expected) throw error;
    return false;
  }
}

/** Nobody else makes the same change at the same time: an owner is a run's own, and so is how a password is sealed. */
function isSame(stored: ReportRequest, request: ReportRequest): boolean {
  const textOf = ({ version, updatedOnMs, owner, password }: ReportRequest): string =>
    JSON.stringify([version, updatedOnMs, owner, password?.box]);
  return textOf(stored) === textOf(request);
}

/**
 * Changes a request by compare and set.
 *
 * @param change decides from what is stored; called once a round
 * @returns the request as saved
 * @throws what `change` throws, EXHAUST.NOT_FOUND, EXHAUST.CONTENDED, CASSANDRA.*
 */
export function changeRequest(
  ledger: RequestLedger,
  key: RequestKey,
  change: (stored: ReportRequest) => ReportRequest,
): Promise<ReportRequest> {
  return untilSettled(key, async () => {
    const stored = await ledger.find(key);
    if (!stored) throw notFound(`there is no request ${key.requestId}`);
    const next = change(stored);
    return (await isSaved(ledger, next, stored.version)) ? next : undefined;
  });
}
