import { createHttpApp, HttpSettings } from '@scorekeep/platform/adapter-http';
import { exitCodes, type RunningService, untilUp } from '@scorekeep/platform/util-cli';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { HealthModule } from './health.module';
import { IngestMetrics } from './ingest-metrics';
import { IngestProcess } from './ingest-process';
import { ingestReadiness } from './ingest-readiness';
import { loadIngestSettings } from './ingest.settings';

/** The service: health first, then the servers, however long they take, then the consumer. */
export async function startIngest(signal: AbortSignal): Promise<RunningService> {
  const settings = loadIngestSettings();
  const level = settings.get(LoggingSettings).LOG_LEVEL;
  const logger = createLogger({ name: 'ingest', level, destination: 'stdout' });
  const metrics = new IngestMetrics();
  const ingest = new IngestProcess({ settings, logger, metrics, onDead: () => process.exit(exitCodes.failed) });
  const http = await createHttpApp(HealthModule.with(ingestReadiness(ingest, logger), metrics.registry), { logger });
  await http.listen(settings.get(HttpSettings));
  const close = async (): Promise<void> => {
    await ingest.close();
    await http.close();
  };
  try {
    await untilUp(() => ingest.open(), logger, signal);
    await ingest.start();
  } catch (error) {
    await close();
    throw error;
  }
  logger.info('started');
  return { close };
}
