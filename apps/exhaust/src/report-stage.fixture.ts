import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CassandraArchivalLedger,
  CassandraAttemptRows,
  CassandraBatchAttempts,
  SchemaMigrator,
} from '@scorekeep/core/adapter-cassandra';
import { type ArchivalRecord, type Manifest, rowKeyOrder, SegmentWriter } from '@scorekeep/core/domain-archive';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { CassandraSession, CassandraSettings, inParallel } from '@scorekeep/platform/adapter-cassandra';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { createLogger } from '@scorekeep/platform/util-logging';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { loadExhaustSettings } from './exhaust-app.settings';
import { archivedRecord, type ArchivedWeek } from './archived-record.fixture';
import { type Run, runExhaust, type RunOptions } from './run-exhaust.fixture';

/** The real servers with a keyspace, a prefix and a folder of a test's own, and the app as a process. */
export class ReportStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'exhaust-'));
  private constructor(
    readonly layout: StorageLayout,
    readonly session: CassandraSession,
    readonly storage: ArchiveStorage,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @param stack settings of the local stack */
  static async open(
    stack: Readonly<Record<string, string | undefined>>,
    layout: StorageLayout,
    provider: StorageProvider,
  ): Promise<ReportStage> {
    const name = `test_exhaust_${randomBytes(4).toString('hex')}`;
    const environment = {
      ...stack,
      CASSANDRA_KEYSPACE: name,
      CASSANDRA_HIERARCHY_KEYSPACE: name,
      STORAGE_LAYOUT: layout,
      STORAGE_PROVIDER: provider,
      STORAGE_LOCAL_ROOT: join(tmpdir(), name),
      ARCHIVE_PREFIX: name,
    };
    const { settings, store } = await loadExhaustSettings(environment);
    const cassandra = settings.get(CassandraSettings);
    const unbound = new CassandraSession(cassandra, { keyspace: null });
    await new SchemaMigrator(unbound, cassandra).apply({ say: () => undefined });
    await unbound.close();
    const session = new CassandraSession(cassandra);
    await session.connect();
    return new ReportStage(layout, session, store.open(settings), environment);
  }

  get order() {
    return rowKeyOrder((userId, courseId) => this.session.tokenOf(userId, courseId));
  }

  async close(): Promise<void> {
    for await (const { key } of this.storage.list(`${this.prefix}/`)) await this.storage.remove(key);
    await this.session.ddl(`DROP KEYSPACE ${this.session.keyspace}`);
    await this.session.close();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.environment['STORAGE_LOCAL_ROOT'] ?? '', { recursive: true, force: true });
  }

  async insert(rows: readonly WrittenAttempt[]): Promise<void> {
    const table = new CassandraAttemptRows(this.session, this.layout);
    await inParallel(rows, 32, (row) => table.write(row, row.writeTimeUs));
  }

  /** Into one of Sunbird's tables. */
  async put(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const names = Object.keys(row);
    const cql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    await this.session.write({ cql, idempotent: true }, Object.values(row));
  }

  /** What the archiver does with a batch and week; the rows stay in the table. */
  async archive(week: ArchivedWeek, rows: readonly WrittenAttempt[], maxObjectBytes = 5000): Promise<Manifest> {
    const writer = new SegmentWriter(this.storage, new NodeByteStreams(), this.order);
    const options = { iteration: 1, epochMs: 1_700_000_000_000, maxObjectBytes, toolVersion: 'test' };
    const table = this.layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';
    const place = { prefix: this.prefix, layout: this.layout, table, nowMs: 1_700_000_000_000 };
    const ledger = new CassandraArchivalLedger(this.session);
    let record: ArchivalRecord = { ...archivedRecord(week, 0), archival: 'RUNNING', version: 1 };
    await ledger.save(record, 0);
    const change = async (given: Partial<ArchivalRecord>): Promise<void> => {
      const { version } = record;
      record = { ...record, ...given, version: version + 1 };
      await ledger.save(record, version);
    };
    const onObject = (key: string) => change({ objectKeys: [...record.objectKeys, key] });
    const manifest = await writer.writeSegments(week, sorted(rows, this.order), { ...options, ...place, onObject });
    if (!manifest) throw new Error('there were no rows to archive');
    await change({ archival: 'SUCCESS', rows: manifest.rows });
    return manifest;
  }

  async delete(rows: readonly WrittenAttempt[]): Promise<void> {
    const logger = createLogger({ name: 'test', level: 'silent', destination: 'stderr' });
    const table = new CassandraBatchAttempts(this.session, this.layout, logger);
    for (const row of rows) await table.delete(row);
  }

  /** @param changed settings that differ from the stage's */
  run(args: readonly string[], changed: Readonly<Record<string, string>> = {}, options: RunOptions = {}): Promise<Run> {
    return runExhaust(args, { ...this.environment, ...changed }, options);
  }

  private get prefix(): string {
    return this.session.keyspace;
  }
}

async function* sorted(rows: readonly WrittenAttempt[], order: ReportStage['order']): AsyncGenerator<WrittenAttempt> {
  yield* [...rows].sort(order);
}
