import { type ArchivalLedger, type ArchivalRecord, type BatchWeek } from '@scorekeep/core/domain-archive';
import { ledgerContended } from '../archive-feature.errors';

const MOST_ROUNDS = 8;

/**
 * Changes the record of a week by compare-and-set: reads, decides, saves, and begins again when somebody else was
 * quicker.
 *
 * @param next decides from what is stored; called once a round
 * @returns the record as saved
 * @throws what `next` throws (ARCHIVE.LEASE_HELD, LEASE_LOST, INVALID_STATE), ARCHIVE.LEDGER_CONTENDED, CASSANDRA.*
 */
export async function applyTransition(
  ledger: ArchivalLedger,
  batchWeek: BatchWeek,
  next: (stored: ArchivalRecord | undefined) => ArchivalRecord,
): Promise<ArchivalRecord> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stored = await ledger.find(batchWeek);
    const record = next(stored);
    if (await isSaved(ledger, record, stored?.version ?? 0)) return record;
  }
  throw ledgerContended(batchWeek);
}

/** After an error the save may have happened or not; reading the record again tells, and settles it. */
async function isSaved(ledger: ArchivalLedger, record: ArchivalRecord, expectedVersion: number): Promise<boolean> {
  try {
    return (await ledger.save(record, expectedVersion)) === 'saved';
  } catch {
    return isSame(await ledger.find(record), record);
  }
}

function isSame(stored: ArchivalRecord | undefined, record: ArchivalRecord): boolean {
  return stored !== undefined && textOf(stored) === textOf(record);
}

function textOf(record: ArchivalRecord): string {
  return JSON.stringify(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}
