import { ALL_SERVERS, serversNamed } from './servers/all-servers';
import { type ServerSite } from './servers/stack-server';
import { settingsOf } from './stack-settings';

const site: ServerSite = {
  dataFolder: '/stack',
  configFolder: '/stack/config',
  ports: { CQL_PORT: 1, STORAGE_PORT: 2, KAFKA_PORT: 3, CONTROLLER_PORT: 4, REDIS_PORT: 5, S3_PORT: 6 },
};

describe('settingsOf', () => {
  it('names every server by the settings the apps read, and leaves provider and layout to the user', () => {
    expect(settingsOf(ALL_SERVERS, site)).toEqual({
      CASSANDRA_CONTACT_POINTS: '127.0.0.1:1',
      CASSANDRA_LOCAL_DATACENTER: 'datacenter1',
      KAFKA_BROKERS: '127.0.0.1:3',
      REDIS_URL: 'redis://127.0.0.1:5',
      S3_ENDPOINT: 'http://127.0.0.1:6',
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'local-identity',
      S3_SECRET_ACCESS_KEY: 'local-credential',
      S3_FORCE_PATH_STYLE: 'true',
      STORAGE_BUCKET: 'scorekeep',
    });
  });
});

describe('serversNamed', () => {
  it('picks servers in the order they are named', () => {
    expect(serversNamed('redis, kafka').map((server) => server.name)).toEqual(['redis', 'kafka']);
  });

  it('refuses a name it does not know and lists those it does', () => {
    expect(() => serversNamed('redis,mongo')).toThrow(/"mongo" is none of cassandra, kafka, redis, s3/);
  });
});
