import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type DynamicModule, Module, type OnModuleDestroy } from '@nestjs/common';
import { ArchiveLocationSettings, type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import {
  AggDetailsSettings,
  CassandraArchivalLedger,
  CassandraAttemptRows,
  CassandraScoreBook,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import { ArchivalLedger, ArchiveReader, rowKeyOrder, StorageArchiveReader } from '@scorekeep/core/domain-archive';
import { AttemptRows, ScoreBook } from '@scorekeep/core/domain-scoring';
import {
  CassandraLayoutTables,
  CassandraLearnerScan,
  CassandraMigrationLedger,
} from '@scorekeep/migration/adapter-tables';
import { LayoutTables, LearnerScan, MigrationLedger } from '@scorekeep/migration/domain-migration';
import { DataConnections, DataOptions } from '@scorekeep/migration/feature-data';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { ArchiveStorage, ByteStreams } from '@scorekeep/platform/domain-storage';
import { type Settings } from '@scorekeep/platform/util-config';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';

/** After a killed process another waits this long at most; a living one renews three times as often. */
const LEASE_SECONDS = 15;

/** What the ports of the data migrations are bound to. Nothing is connected before `DataConnections.open`. */
@Module({})
export class DataAdaptersModule implements OnModuleDestroy {
  constructor(private readonly session: CassandraSession) {}

  static with({ settings, store }: ConfigurationWithStore): DynamicModule {
    const level = settings.get(LoggingSettings).LOG_LEVEL;
    const logger = createLogger({ name: 'migrator', level, destination: 'stderr' });
    const session = new CassandraSession(settings.get(CassandraSettings), {
      log: (at, message) => logger[at](message),
    });
    const storage = store.open(settings);
    const streams = new NodeByteStreams();
    const options = dataOptions(settings);
    const order = rowKeyOrder((userId, courseId) => session.tokenOf(userId, courseId));
    const reader = new StorageArchiveReader(storage, streams, { prefix: options.archivePrefix, order });
    const ledger = { leaseSeconds: LEASE_SECONDS, newRun: randomUUID, nowMs: options.nowMs };
    const ports = [
      { provide: DataOptions, useValue: options },
      {
        provide: DataConnections,
        useValue: { open: (archive: boolean) => open(session, archive ? storage : undefined) },
      },
      { provide: LearnerScan, useValue: new CassandraLearnerScan(session) },
      { provide: LayoutTables, useValue: new CassandraLayoutTables(session) },
      { provide: MigrationLedger, useValue: new CassandraMigrationLedger(session, ledger) },
      { provide: ScoreBook, useValue: new CassandraScoreBook(session) },
      { provide: AttemptRows, useValue: new CassandraAttemptRows(session, options.layout) },
      { provide: ArchivalLedger, useValue: new CassandraArchivalLedger(session) },
      { provide: ArchiveReader, useValue: reader },
      { provide: ArchiveStorage, useValue: storage },
      { provide: ByteStreams, useValue: streams },
    ];
    return {
      module: DataAdaptersModule,
      providers: [{ provide: CassandraSession, useValue: session }, ...ports],
      exports: ports.map(({ provide }) => provide),
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.session.close();
  }
}

async function open(session: CassandraSession, storage: ArchiveStorage | undefined): Promise<void> {
  await session.connect();
  await storage?.check();
}

function dataOptions(settings: Settings): DataOptions {
  return {
    layout: settings.get(LayoutSettings).STORAGE_LAYOUT,
    aggDetailsTimeZone: settings.get(AggDetailsSettings).AGG_DETAILS_TIME_ZONE,
    archivePrefix: settings.get(ArchiveLocationSettings).ARCHIVE_PREFIX,
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    renewEveryMs: (LEASE_SECONDS * 1000) / 3,
    nowMs: Date.now,
  };
}
