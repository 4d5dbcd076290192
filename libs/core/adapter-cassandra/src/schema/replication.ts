import { type CassandraServer } from '@scorekeep/platform/adapter-cassandra';

const MAX_REPLICAS = 3;

/**
 * Replication of a keyspace that has to be created, as CQL: one copy on a single server, else up to three in the local
 * datacenter.
 */
export function replicationFor(servers: readonly CassandraServer[], localDatacenter: string): string {
  if (servers.length === 1) return "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  const local = servers.filter(({ datacenter }) => datacenter === localDatacenter).length;
  return `{'class': 'NetworkTopologyStrategy', '${localDatacenter}': ${Math.min(MAX_REPLICAS, local)}}`;
}
