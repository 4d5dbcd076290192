import { type Provider } from '@nestjs/common';
import { ArchiveLocationSettings, type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import {
  CassandraArchivalLedger,
  CassandraBatchAttempts,
  CassandraBatchEnrolments,
  CassandraBatchMetrics,
  CassandraCourseBatches,
  CassandraCourseHierarchies,
  CassandraEnrolments,
  LayoutSettings,
} from '@scorekeep/core/adapter-cassandra';
import { type ReportCatalogue } from '@scorekeep/core/adapter-catalogue';
import { rowKeyOrder, StorageArchiveReader, StorageReferenceFiles } from '@scorekeep/core/domain-archive';
import {
  BatchEnrolments,
  BatchMetrics,
  LearnerProfiles,
  OptionalNodes,
  ReportEncoder,
  ReportLearners,
  ReportNaming,
  ReportStyle,
} from '@scorekeep/core/domain-exhaust';
import { ProgressSettings } from '@scorekeep/exhaust/feature-progress';
import { AttemptsOfBatch, ExhaustSettings, responseFormat } from '@scorekeep/exhaust/feature-response';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { type CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type Logger } from '@scorekeep/platform/util-logging';

/** A port and what it is bound to. */
export type Bound = Exclude<Provider, new (...given: never[]) => unknown>;

export interface ReportPortParts {
  readonly configuration: ConfigurationWithStore;
  readonly session: CassandraSession;
  readonly catalogue: ReportCatalogue;
  readonly logger: Logger;
}

/** What reports read from, for commands and workers. */
export function reportPorts({ configuration, session, catalogue, logger }: ReportPortParts): Bound[] {
  const { settings } = configuration;
  const { CASSANDRA_HIERARCHY_KEYSPACE: hierarchies } = settings.get(CassandraSettings);
  const naming = new ReportNaming(
    new CassandraCourseHierarchies(session, hierarchies),
    new CassandraCourseBatches(session),
    catalogue.names,
  );
  return [
    { provide: AttemptsOfBatch, useValue: attemptsOfBatch(configuration, session, logger) },
    { provide: BatchEnrolments, useValue: new CassandraBatchEnrolments(session, logger) },
    { provide: BatchMetrics, useValue: new CassandraBatchMetrics(session) },
    { provide: LearnerProfiles, useValue: catalogue.profiles },
    { provide: OptionalNodes, useValue: catalogue.optionalNodes },
    { provide: ReportLearners, useValue: new ReportLearners(new CassandraEnrolments(session), catalogue.profiles) },
    { provide: ReportNaming, useValue: naming },
    { provide: ReportEncoder, useValue: new ReportEncoder(new NodeByteStreams()) },
    { provide: ReportStyle, useValue: responseFormat(settings.get(ExhaustSettings)) },
    { provide: ExhaustSettings, useValue: settings.get(ExhaustSettings) },
    { provide: ProgressSettings, useValue: settings.get(ProgressSettings) },
  ];
}

function attemptsOfBatch(
  { settings, store }: ConfigurationWithStore,
  session: CassandraSession,
  logger: Logger,
): AttemptsOfBatch {
  const tokenOf = (userId: string, courseId: string): bigint => session.tokenOf(userId, courseId);
  const { ARCHIVE_PREFIX: prefix } = settings.get(ArchiveLocationSettings);
  const [storage, streams] = [store.open(settings), new NodeByteStreams()];
  return new AttemptsOfBatch({
    live: new CassandraBatchAttempts(session, settings.get(LayoutSettings).STORAGE_LAYOUT, logger),
    archive: new StorageArchiveReader(storage, streams, { prefix, order: rowKeyOrder(tokenOf) }),
    ledger: new CassandraArchivalLedger(session),
    reference: new StorageReferenceFiles(storage, streams, prefix),
    tokenOf,
    warn: (message, context) => logger.warn(message, context),
  });
}
