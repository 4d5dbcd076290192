import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type DynamicModule, Module, type OnApplicationShutdown, type ValueProvider } from '@nestjs/common';
import { ArchiveConnections, ArchiveOptions, ArchiveSettings } from '@scorekeep/archival/feature-archive';
import { ArchiveLocationSettings, type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import {
  AggDetailsSettings,
  answersTable,
  CassandraArchivalLedger,
  CassandraAttemptRows,
  CassandraBatchAttempts,
  CassandraScoreBook,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import {
  ArchivalLedger,
  ArchiveReader,
  BatchAttempts,
  rowKeyOrder,
  SegmentWriter,
  StorageArchiveReader,
} from '@scorekeep/core/domain-archive';
import { AttemptRows, ScoreBook } from '@scorekeep/core/domain-scoring';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import {
  CassandraSession,
  type CassandraSessionOptions,
  CassandraSettings,
} from '@scorekeep/platform/adapter-cassandra';
import { ArchiveStorage, ByteStreams } from '@scorekeep/platform/domain-storage';
import { parseDurationMs, type Settings } from '@scorekeep/platform/util-config';
import { createLogger, Logger, LoggingSettings } from '@scorekeep/platform/util-logging';

/** About 30 MB compressed: large enough to be few, small enough to be read again after a failure. */
const MAX_OBJECT_BYTES = 256 * 1024 * 1024;

/** What a service decides otherwise than a command. */
export interface AdapterChoices {
  readonly logger: Logger;
  readonly onQuery?: CassandraSessionOptions['onQuery'];
  /** More ports. */
  readonly ports?: readonly ValueProvider[];
}

/** What the feature's ports are bound to. Nothing is connected before `ArchiveConnections.open`. */
@Module({})
export class AdaptersModule implements OnApplicationShutdown {
  constructor(private readonly session: CassandraSession) {}

  static with(
    { settings, store }: ConfigurationWithStore,
    toolVersion: string,
    { logger, onQuery, ports: more = [] }: AdapterChoices = { logger: commandLogger(settings) },
  ): DynamicModule {
    const session = new CassandraSession(settings.get(CassandraSettings), {
      log: (severity, message) => logger[severity](message),
      ...(onQuery ? { onQuery } : {}),
    });
    const storage = store.open(settings);
    const streams = new NodeByteStreams();
    const options = archiveOptions(settings, session, toolVersion);
    const { layout, prefix, order } = options;
    const ports: ValueProvider[] = [
      ...more,
      { provide: ArchiveOptions, useValue: options },
      { provide: ArchiveConnections, useValue: { open: () => openBoth(session, storage) } },
      { provide: BatchAttempts, useValue: new CassandraBatchAttempts(session, layout, logger) },
      { provide: ArchivalLedger, useValue: new CassandraArchivalLedger(session) },
      { provide: AttemptRows, useValue: new CassandraAttemptRows(session, layout) },
      { provide: ScoreBook, useValue: new CassandraScoreBook(session) },
      { provide: ArchiveReader, useValue: new StorageArchiveReader(storage, streams, { prefix, order }) },
      { provide: SegmentWriter, useValue: new SegmentWriter(storage, streams, order) },
      { provide: ArchiveStorage, useValue: storage },
      { provide: ByteStreams, useValue: streams },
      { provide: Logger, useValue: logger },
    ];
    return {
      module: AdaptersModule,
      providers: [{ provide: CassandraSession, useValue: session }, ...ports],
      exports: ports.map(({ provide }) => provide),
    };
  }

  /** After transports are closed, which Nest does behind `onModuleDestroy`: tasks under way need the session. */
  async onApplicationShutdown(): Promise<void> {
    await this.session.close();
  }
}

function commandLogger(settings: Settings): Logger {
  return createLogger({ name: 'archiver', level: settings.get(LoggingSettings).LOG_LEVEL, destination: 'stderr' });
}

async function openBoth(session: CassandraSession, storage: ArchiveStorage): Promise<void> {
  await session.connect();
  await storage.check();
}

function archiveOptions(settings: Settings, session: CassandraSession, toolVersion: string): ArchiveOptions {
  const archive = settings.get(ArchiveSettings);
  const { STORAGE_LAYOUT: layout } = settings.get(LayoutSettings);
  return {
    layout,
    table: answersTable(layout),
    prefix: settings.get(ArchiveLocationSettings).ARCHIVE_PREFIX,
    order: rowKeyOrder((userId, courseId) => session.tokenOf(userId, courseId)),
    graceMs: parseDurationMs(archive.ARCHIVE_WEEK_GRACE),
    deleteAfterMs: parseDurationMs(archive.ARCHIVE_DELETE_AFTER),
    replacedGraceMs: parseDurationMs(archive.ARCHIVE_REPLACED_GRACE),
    deleteRowsPerSecond: archive.ARCHIVE_DELETE_ROWS_PER_SECOND,
    maxObjectBytes: MAX_OBJECT_BYTES,
    leaseMs: parseDurationMs(archive.ARCHIVE_LEASE),
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    toolVersion,
    aggDetailsTimeZone: settings.get(AggDetailsSettings).AGG_DETAILS_TIME_ZONE,
    nowMs: Date.now,
  };
}
