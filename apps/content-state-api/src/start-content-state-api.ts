import { CassandraSession, CassandraSettings, type QueryKind } from '@scorekeep/platform/adapter-cassandra';
import { openCallers } from '@scorekeep/platform/adapter-callers';
import { HttpSettings, Readiness } from '@scorekeep/platform/adapter-http';
import { KafkaClient, KafkaMessagePublisher, KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { type RunningService, untilUp } from '@scorekeep/platform/util-cli';
import { createLogger, type Logger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { loadContentStateSettings } from './content-state.settings';
import { createContentStateApi } from './create-content-state-api';

const QUERY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** How long a message is tried to be sent; then the caller is told to come again. */
const PUBLISH_RETRY = { retryForMs: 3_000 };
const PING = { cql: 'SELECT release_version FROM system.local', idempotent: true };

/** The service: listens at once, and is ready when Cassandra answers, however long that takes. */
export async function startContentStateApi(signal: AbortSignal): Promise<RunningService> {
  const settings = loadContentStateSettings();
  const level = settings.get(LoggingSettings).LOG_LEVEL;
  const logger = createLogger({ name: 'content-state-api', level, destination: 'stdout' });
  const metrics = new MetricsRegistry({ processMetrics: true });
  const session = new CassandraSession(settings.get(CassandraSettings), {
    onQuery: queryTimes(metrics),
    log: (warning, message) => logger[warning](message),
  });
  const { kafka, publisher } = publishing(settings.get(KafkaSettings), logger);
  const checks = [
    { name: 'cassandra', check: async () => void (await session.one(PING, [])) },
    { name: 'kafka', check: () => kafka.check() },
  ];
  const readiness = new Readiness(checks, (name, reason) => logger.warn('not ready', { name, reason }));
  const callers = await openCallers('content-state-api', { settings, logger, metrics });
  const parts = { settings, session, publisher, readiness, metrics };
  const app = await createContentStateApi(parts, { logger, ...callers.options });
  const close = async (): Promise<void> => {
    await app.close();
    callers.close();
    await publisher.close();
    await session.close();
  };
  try {
    const http = settings.get(HttpSettings);
    const addresses = await app.listen(http);
    if (http.HTTP_PRIVATE_PORT === undefined) logger.info('private routes are off: HTTP_PRIVATE_PORT is not set');
    await untilUp(() => session.connect(), logger, signal);
    logger.info('started', { ...addresses });
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function publishing(settings: KafkaSettings, logger: Logger): { kafka: KafkaClient; publisher: KafkaMessagePublisher } {
  const kafka = new KafkaClient(settings, 'scorekeep-content-state-api', (level, message, fields) =>
    logger[level](message, fields),
  );
  return { kafka, publisher: new KafkaMessagePublisher(kafka, PUBLISH_RETRY) };
}

function queryTimes(metrics: MetricsRegistry): (kind: QueryKind, seconds: number, ok: boolean) => void {
  const queries = metrics.histogram({
    name: 'cassandra_query_seconds',
    help: 'Requests to Cassandra',
    labels: ['kind', 'ok'],
    buckets: QUERY_SECONDS,
  });
  return (kind, seconds, ok) => queries.observe({ kind, ok: String(ok) }, seconds);
}
