import { type Admin, type Consumer, Kafka, type KafkaConfig, logLevel, Partitioners, type Producer } from 'kafkajs';
import { kafkaError } from '../kafka.errors';
import { connectionOptions } from './connection-options';
import { bridgeLog, type KafkaLog } from './kafka-log';
import { type KafkaSettings } from './kafka.settings';

/** What a consumer of a group asks of the brokers; times in ms, sizes in bytes as they travel (compressed). */
export interface ConsumerFetchOptions {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly maxBytesPerPartition: number;
  readonly maxBytesPerFetch: number;
  readonly maxWaitMs: number;
}

/** Makes kafkajs's clients. All of them retry a few times by themselves; who retries longer says so where it does. */
export class KafkaClient {
  /** The addresses as configured, for messages. */
  readonly brokers: string;
  private readonly options: KafkaConfig;

  /** @throws KAFKA.BAD_SETTINGS when a file that settings name cannot be read */
  constructor(
    settings: KafkaSettings,
    private readonly clientId: string,
    readonly log: KafkaLog,
  ) {
    this.brokers = settings.KAFKA_BROKERS;
    this.options = { ...connectionOptions(settings), logLevel: logLevel.WARN, logCreator: bridgeLog(log) };
  }

  /** Resolves when a broker answers. @throws KAFKA.UNAVAILABLE naming address and setting, KAFKA.UNAUTHORIZED */
  async check(): Promise<void> {
    const admin = this.admin();
    try {
      await admin.connect();
      await admin.describeCluster();
    } catch (thrown) {
      throw kafkaError(thrown, 'connecting', this.brokers);
    } finally {
      await admin.disconnect();
    }
  }

  admin(): Admin {
    return this.kafka(2).admin();
  }

  /**
   * Without idempotence and without retries of a send: when kafkajs 2 retries one, it assigns messages without a key to
   * partitions anew but skips the brokers that had answered, and loses messages that way. The publisher sends again.
   */
  producer(): Producer {
    return this.kafka(1, 15_000).producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 0 },
    });
  }

  /**
   * The group id is used as it is. kafkajs must never restart this consumer by itself: it gives up for ever on errors
   * that pass, like an unknown coordinator (tulios/kafkajs#1445), so `GroupConsumer` restarts it after every crash.
   */
  consumer(options: ConsumerFetchOptions): Consumer {
    return this.kafka(4).consumer({
      groupId: options.groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: options.sessionTimeoutMs,
      rebalanceTimeout: options.rebalanceTimeoutMs,
      heartbeatInterval: options.heartbeatIntervalMs,
      maxBytesPerPartition: options.maxBytesPerPartition,
      maxBytes: options.maxBytesPerFetch,
      maxWaitTimeInMs: options.maxWaitMs,
      retry: { restartOnFailure: async () => false },
    });
  }

  /** One instance per client: kafkajs shares committed offsets between the consumers of one instance. */
  private kafka(retries: number, requestTimeoutMs = 30_000): Kafka {
    return new Kafka({
      ...this.options,
      clientId: this.clientId,
      connectionTimeout: 3_000,
      requestTimeout: requestTimeoutMs,
      retry: { retries, initialRetryTime: 300, factor: 0.2, multiplier: 2, maxRetryTime: 3_000 },
    });
  }
}
