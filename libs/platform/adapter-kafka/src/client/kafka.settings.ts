import { IsHostPortList, Setting } from '@scorekeep/platform/util-config';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, ValidateIf } from 'class-validator';

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

const withSasl = (settings: KafkaSettings): boolean => settings.KAFKA_SASL_MECHANISM !== undefined;

/** How to reach Kafka, and which topics and group are this installation's. */
export class KafkaSettings {
  @Setting('Kafka brokers, host:port, comma-separated')
  @IsHostPortList()
  KAFKA_BROKERS: string = '127.0.0.1:9092';

  @Setting('file with the certificate authority of the Kafka brokers (PEM); when set, connections use TLS')
  @IsOptional()
  @IsString()
  KAFKA_TLS_CA_FILE?: string;

  @Setting('how to authenticate with Kafka: plain, scram-sha-256 or scram-sha-512; without it no authentication')
  @IsOptional()
  @IsIn(saslMechanisms)
  KAFKA_SASL_MECHANISM?: string;

  @Setting('user name for Kafka, needed with KAFKA_SASL_MECHANISM')
  @ValidateIf(withSasl)
  @IsNotEmpty({ message: '$property must be set when KAFKA_SASL_MECHANISM is' })
  KAFKA_SASL_USERNAME?: string;

  @Setting('password for Kafka, needed with KAFKA_SASL_MECHANISM')
  @ValidateIf(withSasl)
  @IsNotEmpty({ message: '$property must be set when KAFKA_SASL_MECHANISM is' })
  KAFKA_SASL_PASSWORD?: string;

  @Setting("first part of every topic's name, the environment: <prefix>.telemetry.assess")
  @Matches(/^[a-zA-Z0-9._-]{1,100}$/, { message: '$property must be letters, digits, ., _ and - (at most 100)' })
  KAFKA_TOPIC_PREFIX: string = 'dev';

  @Setting('consumer group, used exactly as given; default <topic prefix>-<app>')
  @IsOptional()
  @IsString()
  KAFKA_GROUP_ID?: string;
}

/** The consumer group of an app: KAFKA_GROUP_ID, else `<topic prefix>-<app>`. Nothing is ever appended to it. */
export function groupIdOf(settings: KafkaSettings, app: string): string {
  return settings.KAFKA_GROUP_ID ?? `${settings.KAFKA_TOPIC_PREFIX}-${app}`;
}
