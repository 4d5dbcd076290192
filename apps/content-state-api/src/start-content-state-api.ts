import { CassandraSession, CassandraSettings, type QueryKind } from '@scorekeep/platform/adapter-cassandra';
import { createHttpApp, HttpSettings, Readiness } from '@scorekeep/platform/adapter-http';
import { type RunningService, untilUp } from '@scorekeep/platform/util-cli';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { AppModule } from './app.module';
import { loadContentStateSettings } from './content-state.settings';

const QUERY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
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
  const checks = [{ name: 'cassandra', check: async () => void (await session.one(PING, [])) }];
  const readiness = new Readiness(checks, (name, reason) => logger.warn('not ready', { name, reason }));
  const app = await createHttpApp(AppModule.with({ settings, session, readiness, metrics }), { logger });
  const close = async (): Promise<void> => {
    await app.close();
    await session.close();
  };
  try {
    const http = settings.get(HttpSettings);
    const addresses = await app.listen(http);
    logger.info('public routes are off: no keys to check tokens with');
    if (http.HTTP_PRIVATE_PORT === undefined) logger.info('private routes are off: HTTP_PRIVATE_PORT is not set');
    await untilUp(() => session.connect(), logger, signal);
    logger.info('started', { ...addresses });
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
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
