import { createHttpApp, HttpSettings, Readiness } from '@scorekeep/platform/adapter-http';
import { appVersion, exitCodes, type RunningService, untilUp } from '@scorekeep/platform/util-cli';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { loadArchiverServiceSettings } from './archiver.settings';
import { ArchiverMetrics } from './archiver-metrics';
import { ArchiverService } from './archiver-service';
import { HealthModule } from './health.module';

/** The service: health first, then the servers, however long they take, then tasks and schedule. */
export async function startArchiver(signal: AbortSignal): Promise<RunningService> {
  const configuration = await loadArchiverServiceSettings();
  const { settings } = configuration;
  const level = settings.get(LoggingSettings).LOG_LEVEL;
  const logger = createLogger({ name: 'archiver', level, destination: 'stdout' });
  const metrics = new ArchiverMetrics(Date.now);
  const service = new ArchiverService({
    ...{ configuration, logger, metrics },
    toolVersion: appVersion(__filename),
    onDead: () => process.exit(exitCodes.failed),
  });
  await service.build();
  const readiness = new Readiness(
    [
      { name: 'cassandra', check: () => service.checkCassandra() },
      { name: 'storage', check: () => service.checkStorage() },
      { name: 'kafka', check: () => service.kafka.check() },
      { name: 'consumer', check: async () => requireMember(service) },
    ],
    (name, reason) => logger.warn('not ready', { name, reason }),
  );
  const http = await createHttpApp(HealthModule.with(readiness, metrics.registry), { logger });
  await http.listen(settings.get(HttpSettings));
  const close = async (): Promise<void> => {
    await service.close();
    await http.close();
  };
  try {
    await untilUp(() => service.open(), logger, signal);
    await service.start();
  } catch (error) {
    await close();
    throw error;
  }
  logger.info('started');
  return { close };
}

function requireMember(service: ArchiverService): void {
  const status = service.consumerStatus();
  if (!status?.joined || status.dead) throw new Error('the consumer has not joined its group');
}
