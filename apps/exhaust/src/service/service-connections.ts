import { type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import { CatalogueSettings, ReportCatalogue } from '@scorekeep/core/adapter-catalogue';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type ReadinessCheck } from '@scorekeep/platform/adapter-http';
import { KafkaClient, KafkaMessagePublisher, KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { type ArchiveStorage, type SignedUrls } from '@scorekeep/platform/domain-storage';
import { type Logger } from '@scorekeep/platform/util-logging';

/** How long a message is tried to be sent: without it workers find the request a little later. */
const PUBLISH_RETRY = { retryForMs: 2_000 };
const PING = { cql: 'SELECT release_version FROM system.local', idempotent: true };

/** What the services talk to. */
export class ServiceConnections {
  readonly session: CassandraSession;
  readonly catalogue: ReportCatalogue;
  readonly kafka: KafkaClient;
  readonly publisher: KafkaMessagePublisher;
  readonly storage: ArchiveStorage;
  readonly urls: SignedUrls;

  constructor({ settings, store }: ConfigurationWithStore, logger: Logger) {
    this.session = new CassandraSession(settings.get(CassandraSettings), {
      log: (level, message) => logger[level](message),
    });
    this.catalogue = new ReportCatalogue(settings.get(CatalogueSettings), (message) => logger.warn(message));
    this.kafka = new KafkaClient(settings.get(KafkaSettings), 'scorekeep-exhaust', (level, message, fields) =>
      logger[level](message, fields),
    );
    this.publisher = new KafkaMessagePublisher(this.kafka, PUBLISH_RETRY);
    this.storage = store.open(settings);
    this.urls = store.signedUrls(settings);
  }

  get checks(): ReadinessCheck[] {
    return [
      { name: 'cassandra', check: async () => void (await this.session.one(PING, [])) },
      { name: 'kafka', check: () => this.kafka.check() },
      { name: 'storage', check: () => this.storage.check() },
    ];
  }

  /** @throws CASSANDRA.* naming address and setting */
  async open(): Promise<void> {
    await this.session.connect();
  }

  async close(): Promise<void> {
    await this.publisher.close();
    this.catalogue.close();
    await this.session.close();
  }
}
