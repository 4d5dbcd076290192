import { Readiness, type ReadinessCheck } from '@scorekeep/platform/adapter-http';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type IngestProcess } from './ingest-process';

/** Ready when all servers answer and the consumer is a member of its group. */
export function ingestReadiness(ingest: IngestProcess, logger: Logger): Readiness {
  const checks: ReadinessCheck[] = [
    { name: 'cassandra', check: () => ingest.checkCassandra() },
    { name: 'redis', check: () => ingest.checkRedis() },
    { name: 'kafka', check: () => ingest.kafka.check() },
    { name: 'consumer', check: async () => requireMember(ingest) },
  ];
  return new Readiness(checks, (name, reason) => logger.warn('not ready', { name, reason }));
}

function requireMember(ingest: IngestProcess): void {
  const status = ingest.consumerStatus();
  if (!status?.joined || status.dead) throw new Error('the consumer has not joined its group');
}
