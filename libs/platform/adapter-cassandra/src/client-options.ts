import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { type ClientOptions, policies } from 'cassandra-driver';
import { CassandraErrorCode } from './cassandra.errors';
import { type CassandraSettings } from './cassandra.settings';
import { withRawUserTypes } from './raw-values';

/** Longer than the server's own limits (2–10 s), so that the server's answer, which says more, comes first. */
const REQUEST_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** The driver's own intervals grow to ten minutes: so long would it not notice that a server is back. */
const RECONNECT_EVERY_MS = 2_000;

/** The driver's options for these settings. `keyspace` null opens a session that is bound to none. */
export function clientOptions(settings: CassandraSettings, keyspace: string | null): ClientOptions {
  const contactPoints = settings.CASSANDRA_CONTACT_POINTS.split(',').map((point) => point.trim());
  return {
    contactPoints,
    // Servers announce each other without a port, so the first contact point's is taken for all.
    protocolOptions: { port: Number(contactPoints[0]?.split(':').at(-1)) },
    ...(keyspace === null ? {} : { keyspace }),
    ...credentials(settings),
    ...tls(settings.CASSANDRA_TLS_CA_FILE),
    encoding: withRawUserTypes({ useUndefinedAsUnset: true, useBigIntAsLong: true, map: Map }),
    socketOptions: { connectTimeout: CONNECT_TIMEOUT_MS, readTimeout: REQUEST_TIMEOUT_MS },
    // Given as a policy, not as `localDataCenter`: with that option a wrong name leaves the first connection open.
    policies: {
      loadBalancing: new policies.loadBalancing.DefaultLoadBalancingPolicy({
        localDc: settings.CASSANDRA_LOCAL_DATACENTER,
      }),
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(RECONNECT_EVERY_MS),
    },
  };
}

function credentials(settings: CassandraSettings): Pick<ClientOptions, 'credentials'> {
  const { CASSANDRA_USERNAME: username, CASSANDRA_PASSWORD: password } = settings;
  return username === undefined || password === undefined ? {} : { credentials: { username, password } };
}

function tls(caFile: string | undefined): Pick<ClientOptions, 'sslOptions'> {
  if (caFile === undefined) return {};
  try {
    return { sslOptions: { ca: [readFileSync(caFile)], rejectUnauthorized: true } };
  } catch (cause) {
    throw new AppError(
      CassandraErrorCode.misconfigured,
      `The certificate file of Cassandra cannot be read: ${messageOf(cause)} (setting CASSANDRA_TLS_CA_FILE)`,
      { cause },
    );
  }
}
