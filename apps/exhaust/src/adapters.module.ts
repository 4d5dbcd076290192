import { type DynamicModule, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type ConfigurationWithStore } from '@scorekeep/core/adapter-archive-store';
import { CatalogueSettings, ReportCatalogue } from '@scorekeep/core/adapter-catalogue';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { reportPorts } from './report-ports';

/** What the commands' ports are bound to. Connects when the app starts. @throws CASSANDRA.* naming address and setting */
@Module({})
export class AdaptersModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly session: CassandraSession,
    private readonly catalogue: ReportCatalogue,
  ) {}

  static with(configuration: ConfigurationWithStore): DynamicModule {
    const { settings } = configuration;
    const level = settings.get(LoggingSettings).LOG_LEVEL;
    const logger = createLogger({ name: 'exhaust', level, destination: 'stderr' });
    const session = new CassandraSession(settings.get(CassandraSettings), {
      log: (level, message) => logger[level](message),
    });
    const catalogue = new ReportCatalogue(settings.get(CatalogueSettings), (message) => logger.warn(message));
    const ports = reportPorts({ configuration, session, catalogue, logger });
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
