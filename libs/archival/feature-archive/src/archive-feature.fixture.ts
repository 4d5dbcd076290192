import {
  type ArchivalLedger,
  type BatchAttempts,
  type RowKeyOrder,
  SegmentWriter,
  StorageArchiveReader,
} from '@scorekeep/core/domain-archive';
import { type AttemptRows, type ScoreBook } from '@scorekeep/core/domain-scoring';
import { type ArchiveStorage, type ByteStreams } from '@scorekeep/platform/domain-storage';
import { createLogger } from '@scorekeep/platform/util-logging';
import { AdoptObject } from './adopt-object.use-case';
import { ArchivalRecords } from './archival-records';
import { ArchivalStatus } from './archival-status.use-case';
import { type ArchiveOptions } from './archive-options';
import { ArchiveWeek } from './archive-week.use-case';
import { DeleteWeek } from './delete-week.use-case';
import { DeleteRows } from './deletion/delete-rows';
import { SettleAttempts } from './deletion/settle-attempts';
import { EstimateBytes } from './estimate-bytes';
import { ForeignObjects } from './foreign-objects';
import { WeekLedger } from './ledger/week-ledger';
import { PlanArchive } from './plan-archive.use-case';
import { RemoveReplaced } from './remove-replaced.use-case';
import { RestoreLearner } from './restoration/restore-learner';
import { RestoreWeek } from './restore-week.use-case';
import { WeekRows } from './rows/week-rows';
import { VerifyWeek } from './verify-week.use-case';

/** What the use cases of a test work on. */
export interface FeaturePorts {
  readonly attempts: BatchAttempts;
  readonly ledger: ArchivalLedger;
  readonly storage: ArchiveStorage;
  readonly streams: ByteStreams;
  readonly book: ScoreBook;
  readonly rows: AttemptRows;
  readonly order: RowKeyOrder;
}

/** Options of tests; the clock stands at `nowMs` until a test moves it. */
export type TestOptions = { -readonly [name in keyof ArchiveOptions]: ArchiveOptions[name] };

export function testOptions(order: RowKeyOrder, nowMs: () => number): TestOptions {
  return {
    layout: 'unified',
    table: 'assessment_aggregator',
    prefix: 'archival',
    order,
    graceMs: 24 * 3600 * 1000,
    deleteAfterMs: 7 * 24 * 3600 * 1000,
    replacedGraceMs: 24 * 3600 * 1000,
    deleteRowsPerSecond: 0,
    maxObjectBytes: 1024 * 1024,
    leaseMs: 20_000,
    owner: 'host/1/test',
    toolVersion: '0.1.0',
    aggDetailsTimeZone: 'UTC',
    nowMs,
  };
}

/** The use cases, wired as the module does it. */
export function archiveFeature(ports: FeaturePorts, options: ArchiveOptions) {
  const { attempts, ledger, storage, streams, book, rows, order } = ports;
  const logger = createLogger({ name: 'test', level: 'silent', destination: 'stderr' });
  const reader = new StorageArchiveReader(storage, streams, { prefix: options.prefix, order });
  const weekRows = new WeekRows(attempts, reader, options);
  const weeks = new WeekLedger(ledger, options, logger);
  const records = new ArchivalRecords(ledger);
  const verifyWeek = new VerifyWeek(weekRows, weeks);
  const settle = new SettleAttempts(book, rows, options);
  return {
    reader,
    records,
    planArchive: new PlanArchive(attempts, reader, records, options),
    archiveWeek: new ArchiveWeek(weekRows, new SegmentWriter(storage, streams, order), weeks, options),
    verifyWeek,
    deleteWeek: new DeleteWeek(verifyWeek, weekRows, new DeleteRows(attempts, settle, options), weeks, options),
    settle,
    foreignObjects: new ForeignObjects(storage, ledger, options),
    adoptObject: new AdoptObject(storage, streams, weekRows, weeks, options),
    restoreWeek: new RestoreWeek(weekRows, new RestoreLearner(book, rows, settle, options), weeks),
    removeReplaced: new RemoveReplaced(weekRows, reader, storage, weeks, options),
    status: new ArchivalStatus(records, reader, storage),
    estimateBytes: new EstimateBytes(weekRows, streams),
  };
}
