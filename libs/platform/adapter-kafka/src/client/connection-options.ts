import { readFileSync } from 'node:fs';
import { type KafkaConfig, type SASLOptions } from 'kafkajs';
import { parseHostPortList } from '@scorekeep/platform/util-config';
import { unreadableFile } from '../kafka.errors';
import { type KafkaSettings, type SaslMechanism } from './kafka.settings';

/** The part of kafkajs's configuration that settings decide. @throws KAFKA.BAD_SETTINGS */
export function connectionOptions(settings: KafkaSettings): KafkaConfig {
  const ca = certificateAuthority(settings);
  const sasl = saslOptions(settings);
  return {
    brokers: parseHostPortList(settings.KAFKA_BROKERS).map(({ host, port }) => `${host}:${port}`),
    ...(ca === undefined ? {} : { ssl: { ca: [ca] } }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function certificateAuthority({ KAFKA_TLS_CA_FILE: file }: KafkaSettings): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadableFile('KAFKA_TLS_CA_FILE', file, cause);
  }
}

function saslOptions(settings: KafkaSettings): SASLOptions | undefined {
  const mechanism = settings.KAFKA_SASL_MECHANISM as SaslMechanism | undefined;
  const credentials = {
    username: settings.KAFKA_SASL_USERNAME ?? '',
    password: settings.KAFKA_SASL_PASSWORD ?? '',
  };
  switch (mechanism) {
    case undefined:
      return undefined;
    case 'plain':
      return { mechanism, ...credentials };
    case 'scram-sha-256':
      return { mechanism, ...credentials };
    case 'scram-sha-512':
      return { mechanism, ...credentials };
  }
}
