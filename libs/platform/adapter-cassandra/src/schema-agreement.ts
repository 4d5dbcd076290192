import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@scorekeep/platform/util-errors';
import { type Client, type QueryOptions } from 'cassandra-driver';
import { CassandraErrorCode } from './cassandra.errors';

/** A documented method of the driver that its type declarations leave out. */
interface SchemaMetadata {
  checkSchemaAgreement(): Promise<boolean>;
}

const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;

/**
 * Sends schema changes of all processes through the same server, while it is up. Otherwise two of them could create one
 * table at the same moment on two servers, under two ids, which the cluster cannot reconcile.
 */
export function schemaCoordinator(client: Client, localDatacenter: string): Pick<QueryOptions, 'host'> {
  const [host] = client.hosts
    .values()
    .filter((each) => each.isUp() && each.datacenter === localDatacenter)
    .sort((left, right) => (left.address < right.address ? -1 : 1));
  return host === undefined ? {} : { host };
}

/** Returns when all servers that are up report one schema version. @throws CASSANDRA.TIMEOUT after a minute. */
export async function waitForSchemaAgreement(client: Client): Promise<void> {
  const metadata = client.metadata as unknown as SchemaMetadata;
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (!(await metadata.checkSchemaAgreement())) {
    if (performance.now() > deadlineMs) {
      throw new AppError(
        CassandraErrorCode.timeout,
        `The servers did not agree on one schema within ${PATIENCE_MS / 1000} s`,
        { retryable: true },
      );
    }
    await sleep(PAUSE_MS);
  }
}
