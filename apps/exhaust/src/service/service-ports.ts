import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import {
  CassandraBatchOwnership,
  CassandraDownloadLog,
  CassandraOpenRequests,
  CassandraRequestLedger,
} from '@scorekeep/core/adapter-cassandra';
import {
  BatchOwnership,
  DownloadLog,
  LearnerProfiles,
  OpenRequests,
  RequestLedger,
} from '@scorekeep/core/domain-exhaust';
import {
  PasswordVault,
  RequestMonitor,
  RequestOptions,
  RequestsSettings,
  WorkOptions,
} from '@scorekeep/exhaust/feature-requests';
import { ExhaustSettings } from '@scorekeep/exhaust/feature-response';
import { AuthSettings } from '@scorekeep/platform/adapter-auth';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { ZipJsEncryption } from '@scorekeep/platform/adapter-zip';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { ArchiveStorage, SignedUrls, ZipEncryption } from '@scorekeep/platform/domain-storage';
import { parseDurationMs } from '@scorekeep/platform/util-config';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type Bound } from '../report-ports';
import { type ServiceConnections } from './service-connections';

const MAX_TRIES = 3;

export interface ServiceParts {
  readonly configuration: ConfigurationWithStore;
  readonly connections: ServiceConnections;
  readonly monitor: RequestMonitor;
  readonly logger: Logger;
  /** Where this service listens, as a URL. */
  readonly address: () => string;
}

/** What requests are kept in, for the API and for workers. */
export function requestPorts({ configuration, connections, monitor }: ServiceParts): Bound[] {
  const { settings } = configuration;
  const { session, storage } = connections;
  const { CASSANDRA_HIERARCHY_KEYSPACE: hierarchies } = settings.get(CassandraSettings);
  const { EXHAUST_KEY_SECRET: secret } = settings.get(RequestsSettings);
  return [
    { provide: RequestLedger, useValue: new CassandraRequestLedger(session) },
    { provide: OpenRequests, useValue: new CassandraOpenRequests(session) },
    { provide: BatchOwnership, useValue: new CassandraBatchOwnership(session, hierarchies) },
    { provide: ArchiveStorage, useValue: storage },
    { provide: PasswordVault, useValue: new PasswordVault(secret) },
    { provide: RequestMonitor, useValue: monitor },
  ];
}

/** What the API needs besides. */
export function apiPorts({ configuration: { settings }, connections, address }: ServiceParts): Bound[] {
  const own = settings.get(RequestsSettings);
  const options: RequestOptions = {
    nowMs: Date.now,
    identity: settings.get(AuthSettings).AUTH_MODE,
    maxOpenPerChannel: own.EXHAUST_OPEN_REQUESTS_MAX,
    topicPrefix: settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX,
    urlTtlMs: parseDurationMs(own.EXHAUST_URL_TTL),
    publicUrl: () => own.EXHAUST_PUBLIC_URL?.replace(/\/+$/, '') ?? address(),
  };
  return [
    { provide: DownloadLog, useValue: new CassandraDownloadLog(connections.session) },
    { provide: LearnerProfiles, useValue: connections.catalogue.profiles },
    { provide: SignedUrls, useValue: connections.urls },
    { provide: MessagePublisher, useValue: connections.publisher },
    { provide: RequestOptions, useValue: options },
  ];
}

/** What workers need besides. */
export function workPorts({ configuration: { settings } }: ServiceParts): Bound[] {
  const own = settings.get(RequestsSettings);
  const options: WorkOptions = {
    nowMs: Date.now,
    worker: `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`,
    prefix: own.EXHAUST_PREFIX,
    timeZone: settings.get(ExhaustSettings).REPORT_TIME_ZONE,
    limits: { maxTries: MAX_TRIES, retryDelayMs: parseDurationMs(own.EXHAUST_RETRY_DELAY) },
    leaseMs: parseDurationMs(own.EXHAUST_LEASE),
    concurrency: own.EXHAUST_WORKER_CONCURRENCY,
    sweepIntervalMs: parseDurationMs(own.EXHAUST_SWEEP_INTERVAL),
    withUnknownOwner: settings.get(AuthSettings).AUTH_MODE === 'token' ? 'own learners' : 'all learners',
  };
  return [
    { provide: ZipEncryption, useValue: new ZipJsEncryption() },
    { provide: WorkOptions, useValue: options },
  ];
}
