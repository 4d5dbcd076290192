import { loadSettings } from '@scorekeep/platform/util-config';
import { groupIdOf, KafkaSettings } from './kafka.settings';

const load = (environment: Record<string, string>): KafkaSettings =>
  loadSettings([KafkaSettings], environment).get(KafkaSettings);

describe('KafkaSettings', () => {
  it('has defaults for a broker on this machine', () => {
    expect(load({})).toEqual({ KAFKA_BROKERS: '127.0.0.1:9092', KAFKA_TOPIC_PREFIX: 'dev' });
  });

  it('takes brokers, TLS and SASL', () => {
    const environment = {
      KAFKA_BROKERS: 'one:9092,two:9092',
      KAFKA_TLS_CA_FILE: '/etc/ca.pem',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'user',
      KAFKA_SASL_PASSWORD: 'secret',
      KAFKA_TOPIC_PREFIX: 'prod.eu',
      KAFKA_GROUP_ID: 'mine',
    };
    expect(load(environment)).toEqual(environment);
  });

  it.each([
    [{ KAFKA_BROKERS: 'no-port' }, 'KAFKA_BROKERS'],
    [{ KAFKA_SASL_MECHANISM: 'kerberos' }, 'KAFKA_SASL_MECHANISM'],
    [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'x' }, 'KAFKA_SASL_USERNAME'],
    [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'x' }, 'KAFKA_SASL_PASSWORD'],
    [{ KAFKA_TOPIC_PREFIX: 'not/a/topic' }, 'KAFKA_TOPIC_PREFIX'],
  ])('refuses %p', (environment, name) => {
    expect(() => load(environment)).toThrow(name);
  });
});

describe('groupIdOf', () => {
  it('is the topic prefix and the app, unless it is set', () => {
    expect(groupIdOf(load({}), 'ingest')).toBe('dev-ingest');
    expect(groupIdOf(load({ KAFKA_TOPIC_PREFIX: 'prod' }), 'ingest')).toBe('prod-ingest');
    expect(groupIdOf(load({ KAFKA_GROUP_ID: 'sunbird' }), 'ingest')).toBe('sunbird');
  });
});
