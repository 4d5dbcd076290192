import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { JAVA } from '../machine/requirements';
import { type ServerSite, type StackServer } from './stack-server';

const address = (site: ServerSite) => `127.0.0.1:${site.ports.CQL_PORT}`;

export const cassandraServer: StackServer = {
  name: 'cassandra',
  title: 'Cassandra 5.0',
  runsOn: JAVA,
  jarProfile: 'cassandra',
  ports: ['CQL_PORT', 'STORAGE_PORT'],
  templates: ['cassandra.yaml', 'cassandra-jvm.options', 'logback.xml'],
  command: (site, { program, classPath }) => [
    program,
    `@${join(site.configFolder, 'cassandra-jvm.options')}`,
    `-Dcassandra.config=${pathToFileURL(join(site.configFolder, 'cassandra.yaml')).href}`,
    `-Dlogback.configurationFile=${join(site.configFolder, 'logback.xml')}`,
    `-Dcassandra.storagedir=${join(site.dataFolder, 'cassandra')}`,
    '-cp',
    classPath,
    'org.apache.cassandra.service.CassandraDaemon',
  ],
  probe: probeCassandra,
  address,
  settings: (site) => ({ CASSANDRA_CONTACT_POINTS: address(site), CASSANDRA_LOCAL_DATACENTER: 'datacenter1' }),
};

async function probeCassandra(site: ServerSite): Promise<void> {
  const { Client } = await import('cassandra-driver');
  const client = new Client({
    contactPoints: [address(site)],
    localDataCenter: 'datacenter1',
    socketOptions: { connectTimeout: 3000, readTimeout: 3000 },
  });
  try {
    await client.execute('SELECT release_version FROM system.local');
  } finally {
    await client.shutdown();
  }
}
