import { type Callers, openCallers } from '@scorekeep/platform/adapter-callers';
import { createHttpApp, type HttpApp, HttpSettings, Readiness } from '@scorekeep/platform/adapter-http';
import { exitCodes, type RunningService, untilUp } from '@scorekeep/platform/util-cli';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { ApiModule, type HttpParts } from './api.module';
import { createExhaustApi } from './create-exhaust-api';
import { ExhaustMonitor } from './exhaust-monitor';
import { loadExhaustServiceSettings } from '../exhaust-service.settings';
import { ServiceConnections } from './service-connections';
import { type ServiceParts } from './service-ports';
import { WorkerProcess } from './worker-process';

/** `exhaust serve`: the API, and a worker. */
export const startServe = (signal: AbortSignal): Promise<RunningService> => start('serve', signal);

/** `exhaust worker`: a worker, with health and metrics. */
export const startWorker = (signal: AbortSignal): Promise<RunningService> => start('worker', signal);

/** Listens at once, and is ready when the servers answer, however long that takes. */
async function start(service: 'serve' | 'worker', signal: AbortSignal): Promise<RunningService> {
  const configuration = await loadExhaustServiceSettings();
  const { settings } = configuration;
  const level = settings.get(LoggingSettings).LOG_LEVEL;
  const logger = createLogger({ name: 'exhaust', level, destination: 'stdout' });
  const metrics = new MetricsRegistry({ processMetrics: true });
  const connections = new ServiceConnections(configuration, logger);
  const http = settings.get(HttpSettings);
  let port: number | undefined = http.HTTP_PORT;
  const address = (): string => `http://${http.HTTP_HOST}:${port}`;
  const parts: ServiceParts = {
    configuration,
    connections,
    monitor: new ExhaustMonitor(logger, metrics),
    logger,
    address,
  };
  const worker = new WorkerProcess(parts, () => process.exit(exitCodes.failed));
  metrics.observedGauge({ name: 'exhaust_running', help: 'Requests that this worker works on' }, () => worker.busy);
  const readiness = new Readiness([...connections.checks, worker.check], (name, reason) =>
    logger.warn('not ready', { name, reason }),
  );
  const callers = service === 'serve' ? await openCallers('exhaust', { settings, logger, metrics }) : undefined;
  const app = await createApp({ ...parts, readiness, metrics }, callers);
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), worker.close()]);
    callers?.close();
    await connections.close();
  };
  try {
    const addresses = await app.listen(http);
    port = addresses.port;
    await untilUp(() => connections.open(), logger, signal);
    await worker.start();
    logger.info('started', { ...addresses });
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function createApp(parts: ServiceParts & HttpParts, callers: Callers | undefined): Promise<HttpApp> {
  if (callers) return createExhaustApi(parts, callers.options);
  return createHttpApp(ApiModule.with(parts), { logger: parts.logger });
}
