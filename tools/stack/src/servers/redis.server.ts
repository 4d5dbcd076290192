import { join } from 'node:path';
import { REDIS } from '../machine/requirements';
import { type ServerSite, type StackServer } from './stack-server';

const address = (site: ServerSite) => `redis://127.0.0.1:${site.ports.REDIS_PORT}`;

export const redisServer: StackServer = {
  name: 'redis',
  title: 'Redis',
  runsOn: REDIS,
  ports: ['REDIS_PORT'],
  templates: ['redis.conf'],
  command: (site, { program }) => [program, join(site.configFolder, 'redis.conf')],
  probe: probeRedis,
  address,
  settings: (site) => ({ REDIS_URL: address(site) }),
};

async function probeRedis(site: ServerSite): Promise<void> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(address(site), {
    lazyConnect: true,
    connectTimeout: 3000,
    commandTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // the same failure rejects connect(); without a listener ioredis prints it as well
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
