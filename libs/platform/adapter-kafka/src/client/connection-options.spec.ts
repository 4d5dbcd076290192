import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionOptions } from './connection-options';
import { KafkaSettings } from './kafka.settings';

const settings = (values: Partial<KafkaSettings>): KafkaSettings => Object.assign(new KafkaSettings(), values);

describe('connectionOptions', () => {
  it('is plain by default', () => {
    expect(connectionOptions(settings({ KAFKA_BROKERS: 'one:1, two:2' }))).toEqual({ brokers: ['one:1', 'two:2'] });
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('authenticates by %s', (mechanism) => {
    const sasl = { KAFKA_SASL_USERNAME: 'user', KAFKA_SASL_PASSWORD: 'secret' };
    expect(connectionOptions(settings({ KAFKA_SASL_MECHANISM: mechanism, ...sasl }))).toMatchObject({
      sasl: { mechanism, username: 'user', password: 'secret' },
    });
  });

  it('uses TLS with the given authority', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kafka-ca-'));
    try {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, 'certificate');
      expect(connectionOptions(settings({ KAFKA_TLS_CA_FILE: file }))).toMatchObject({ ssl: { ca: ['certificate'] } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names setting and file when that cannot be read', () => {
    expect(() => connectionOptions(settings({ KAFKA_TLS_CA_FILE: '/nowhere/ca.pem' }))).toThrow(
      /\/nowhere\/ca\.pem that KAFKA_TLS_CA_FILE names cannot be read/,
    );
  });
});
