import { replicationFor } from './replication';

const server = (datacenter: string) => ({ datacenter, version: '5.0.7' });

it.each([
  [['dc1'], "{'class': 'SimpleStrategy', 'replication_factor': 1}"],
  [['dc1', 'dc1'], "{'class': 'NetworkTopologyStrategy', 'dc1': 2}"],
  [['dc1', 'dc1', 'dc1'], "{'class': 'NetworkTopologyStrategy', 'dc1': 3}"],
  [['dc1', 'dc1', 'dc1', 'dc1'], "{'class': 'NetworkTopologyStrategy', 'dc1': 3}"],
  [['dc1', 'dc2'], "{'class': 'NetworkTopologyStrategy', 'dc1': 1}"],
])('servers in %j: %s', (datacenters, replication) => {
  expect(replicationFor(datacenters.map(server), 'dc1')).toBe(replication);
});
