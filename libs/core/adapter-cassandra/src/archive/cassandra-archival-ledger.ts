import { ArchivalLedger, archivalJob, type ArchivalRecord, type BatchWeek } from '@scorekeep/core/domain-archive';
import { type CassandraSession, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type ArchivalLedgerValues, ledgerColumns, toArchivalRecord } from './archival-record.mapper';

const OF_WEEK = 'WHERE batch_id = ? AND collection_id = ? AND iso_year = ? AND iso_week = ? AND job = ?';

const SELECT_ONE: Statement = { cql: `SELECT * FROM archival_ledger ${OF_WEEK}`, idempotent: true };
const SELECT_BATCH: Statement = { cql: 'SELECT * FROM archival_ledger WHERE batch_id = ?', idempotent: true };
const SELECT_BATCH_IDS: Statement = { cql: 'SELECT DISTINCT batch_id FROM archival_ledger', idempotent: true };

/** Cassandra reads serially one partition at a time. */
const BATCHES_AT_ONCE = 16;

/** What is recorded of every batch and week, in `archival_ledger`: written by lightweight transactions only. */
export class CassandraArchivalLedger extends ArchivalLedger {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async find(batchWeek: BatchWeek): Promise<ArchivalRecord | undefined> {
    const row = await this.session.one(SELECT_ONE, weekKey(batchWeek), { serial: true });
    return row && toRecord(row);
  }

  override async ofBatch(batchId: string): Promise<ArchivalRecord[]> {
    const records: ArchivalRecord[] = [];
    for await (const row of this.session.rows(SELECT_BATCH, [batchId], { serial: true })) {
      const record = toRecord(row);
      if (record.job === archivalJob) records.push(record);
    }
    return records;
  }

  override async *all(): AsyncGenerator<ArchivalRecord> {
    let batchIds: string[] = [];
    for await (const { batch_id: batchId } of this.session.rows(SELECT_BATCH_IDS, [])) {
      batchIds.push(batchId as string);
      if (batchIds.length < BATCHES_AT_ONCE) continue;
      yield* await this.ofBatches(batchIds);
      batchIds = [];
    }
    yield* await this.ofBatches(batchIds);
  }

  override async save(record: ArchivalRecord, expectedVersion: number): Promise<'saved' | 'conflict'> {
    const columns = Object.entries(ledgerColumns(record));
    const filled = columns.filter(([, value]) => value !== null);
    const emptied = expectedVersion === 0 ? [] : columns.filter(([, value]) => value === null);
    const { applied } = await this.session.compareAndSet(update(filled, emptied, expectedVersion), [
      ...filled.map(([, value]) => value),
      ...weekKey(record),
      ...(expectedVersion === 0 ? [] : [expectedVersion]),
    ]);
    return applied ? 'saved' : 'conflict';
  }

  private async ofBatches(batchIds: readonly string[]): Promise<ArchivalRecord[]> {
    return (await Promise.all(batchIds.map((batchId) => this.ofBatch(batchId)))).flat();
  }
}

type Column = readonly [name: string, value: unknown];

/** Empties a cell by a literal null in the text: here, and only here, the tombstone is what is meant. */
function update(filled: readonly Column[], emptied: readonly Column[], expectedVersion: number): Statement {
  const assignments = [...filled.map(([name]) => `${name} = ?`), ...emptied.map(([name]) => `${name} = null`)];
  const condition = expectedVersion === 0 ? 'IF version = null' : 'IF version = ?';
  return { cql: `UPDATE archival_ledger SET ${assignments.join(', ')} ${OF_WEEK} ${condition}`, idempotent: false };
}

function weekKey({ batchId, collectionId, week }: BatchWeek): unknown[] {
  return [batchId, collectionId, week.isoYear, week.isoWeek, archivalJob];
}

function toRecord(row: Row): ArchivalRecord {
  return toArchivalRecord(row as unknown as ArchivalLedgerValues);
}
