import { type DynamicModule, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CatalogueSettings, ReportCatalogue } from '@scorekeep/core/adapter-catalogue';
import {
  CassandraArchivalLedger,
  CassandraBatchAttempts,
  CassandraCourseBatches,
  CassandraCourseHierarchies,
  CassandraEnrolments,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import { rowKeyOrder, StorageArchiveReader } from '@scorekeep/core/domain-archive';
import { Enrolments, ReportNaming } from '@scorekeep/core/domain-exhaust';
import { AttemptsOfBatch, ExhaustSettings } from '@scorekeep/exhaust/feature-response';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { ByteStreams } from '@scorekeep/platform/domain-storage';
import { createLogger, type Logger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { ArchiveLocationSettings, type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';

/** What the feature's ports are bound to. Connects when the app starts. @throws CASSANDRA.* naming address and setting */
@Module({})
export class AdaptersModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly session: CassandraSession,
    private readonly catalogue: ReportCatalogue,
  ) {}

  static with({ settings, store }: ConfigurationWithStore): DynamicModule {
    const logger = createLogger({
      name: 'exhaust',
      level: settings.get(LoggingSettings).LOG_LEVEL,
      destination: 'stderr',
    });
    const cassandra = settings.get(CassandraSettings);
    const session = new CassandraSession(cassandra, { log: (level, message) => logger[level](message) });
    const catalogue = new ReportCatalogue(settings.get(CatalogueSettings), (message) => logger.warn(message));
    const naming = new ReportNaming(
      new CassandraCourseHierarchies(session, cassandra.CASSANDRA_HIERARCHY_KEYSPACE),
      new CassandraCourseBatches(session),
      catalogue.names,
    );
    const ports = [
      { provide: AttemptsOfBatch, useValue: attemptsOfBatch({ settings, store }, session, logger) },
      { provide: Enrolments, useValue: new CassandraEnrolments(session) },
      { provide: ReportNaming, useValue: naming },
      { provide: ByteStreams, useValue: new NodeByteStreams() },
      { provide: ExhaustSettings, useValue: settings.get(ExhaustSettings) },
    ];
    return {
      module: AdaptersModule,
      providers: [
        { provide: CassandraSession, useValue: session },
        { provide: ReportCatalogue, useValue: catalogue },
        ...ports,
      ],
      exports: ports.map(({ provide }) => provide),
    };
  }

  async onModuleInit(): Promise<void> {
    await this.session.connect();
  }

  async onModuleDestroy(): Promise<void> {
    this.catalogue.close();
    await this.session.close();
  }
}

function attemptsOfBatch(
  { settings, store }: ConfigurationWithStore,
  session: CassandraSession,
  logger: Logger,
): AttemptsOfBatch {
  const tokenOf = (userId: string, courseId: string): bigint => session.tokenOf(userId, courseId);
  const { ARCHIVE_PREFIX: prefix } = settings.get(ArchiveLocationSettings);
  return new AttemptsOfBatch({
    live: new CassandraBatchAttempts(session, settings.get(LayoutSettings).STORAGE_LAYOUT, logger),
    archive: new StorageArchiveReader(store.open(settings), new NodeByteStreams(), {
      prefix,
      order: rowKeyOrder(tokenOf),
    }),
    ledger: new CassandraArchivalLedger(session),
    tokenOf,
  });
}
