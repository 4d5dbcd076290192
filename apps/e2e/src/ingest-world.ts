import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client, type types } from 'cassandra-driver';
import { Redis } from 'ioredis';
import { type IHeaders, Kafka, type KafkaMessage, logLevel, Partitioners } from 'kafkajs';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';

const INGEST = resolve(__dirname, '../../../dist/apps/ingest/main.js');

export interface SentRecord {
  readonly key: string | null;
  readonly value: Buffer | string | null;
  readonly timestampMs?: number;
  readonly headers?: IHeaders;
}

/** How a process of the ingest ended, and all that it said. */
export interface EndedProcess {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorldOptions {
  readonly name: string;
  readonly partitions: number;
  /** Of the failed topic: the largest message that it takes. */
  readonly maxFailedBytes?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A keyspace and topics for the built ingest alone, on the local stack. */
export class IngestWorld {
  readonly assessTopic: string;
  readonly failedTopic: string;
  readonly redis: Redis;
  private readonly kafka: Kafka;

  private constructor(private readonly world: DemoWorld) {
    this.assessTopic = `${world.topicPrefix}.telemetry.assess`;
    this.failedTopic = `${this.assessTopic}.failed`;
    this.kafka = new Kafka({ brokers: [this.setting('KAFKA_BROKERS')], logLevel: logLevel.NOTHING });
    this.redis = new Redis(this.setting('REDIS_URL'));
  }

  static async create({ name, partitions, maxFailedBytes, environment = {} }: WorldOptions): Promise<IngestWorld> {
    const options = { layout: 'unified' as const, learners: 0, attempts: 0, name };
    const world = demoWorld(options, stackSettings(), await twoFreePorts());
    const own = new IngestWorld({ ...world, environment: { ...world.environment, LOG_LEVEL: 'info', ...environment } });
    await new DemoServers(own.world).clear();
    await runApp('migrator', ['schema', 'up'], own.world);
    await own.createTopics(partitions, maxFailedBytes);
    return own;
  }

  get httpPort(): string {
    return this.setting('HTTP_PORT');
  }

  async send(records: readonly SentRecord[]): Promise<void> {
    const producer = this.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const messages = records.map(({ key, value, headers = {}, timestampMs = Date.now() }) => ({
      ...{ key, value, headers, timestamp: String(timestampMs) },
    }));
    for (let start = 0; start < messages.length; start += 500) {
      await producer.send({ topic: this.assessTopic, messages: messages.slice(start, start + 500) });
    }
    await producer.disconnect();
  }

  /** Starts the built ingest. Give it to `ended`. */
  start(args: readonly string[]): ChildProcess {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...this.world.environment };
    return spawn(process.execPath, [INGEST, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async run(...args: string[]): Promise<EndedProcess> {
    return ended(this.start(args));
  }

  /** @returns what the command printed as JSON @throws Error when it did not end with 0 */
  async runJson<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`ingest ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as T;
  }

  /** Everything that a topic holds, in order per partition. */
  async read(topic: string): Promise<KafkaMessage[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    const count = offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const messages: KafkaMessage[] = [];
    const groupId = `${this.world.topicPrefix}-reader-${randomUUID()}`;
    const consumer = this.kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((done, failed) => {
      if (count === 0) done();
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
      const eachMessage = async ({ message }: { message: KafkaMessage }): Promise<void> => {
        if (messages.push(message) >= count) done();
      };
      consumer.run({ eachMessage }).catch(failed);
    });
    await consumer.disconnect();
    await admin.deleteGroups([groupId]);
    await admin.disconnect();
    return messages;
  }

  async rows(cql: string): Promise<types.Row[]> {
    const contactPoints = [this.setting('CASSANDRA_CONTACT_POINTS')];
    const localDataCenter = this.setting('CASSANDRA_LOCAL_DATACENTER');
    const client = new Client({ contactPoints, localDataCenter, keyspace: this.world.keyspace });
    try {
      return (await client.execute(cql, [], { fetchSize: 50_000, readTimeout: 60_000 })).rows;
    } finally {
      await client.shutdown();
    }
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.deleteReplayGroups();
    await new DemoServers(this.world).clear();
    rmSync(this.world.folder, { recursive: true, force: true });
  }

  private async createTopics(numPartitions: number, maxFailedBytes?: number): Promise<void> {
    const limit = maxFailedBytes === undefined ? [] : [{ name: 'max.message.bytes', value: String(maxFailedBytes) }];
    const admin = this.kafka.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [
        { topic: this.assessTopic, numPartitions },
        { topic: this.failedTopic, numPartitions, configEntries: limit },
        { topic: `${this.world.topicPrefix}.issue.certificate.request`, numPartitions: 1 },
      ],
    });
    await admin.disconnect();
  }

  private async deleteReplayGroups(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    const own = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(`${this.world.topicPrefix}-ingest-`));
    if (own.length > 0) await admin.deleteGroups(own);
    await admin.disconnect();
  }

  private setting(name: string): string {
    const value = this.world.environment[name];
    if (value === undefined) throw new Error(`the local stack gives no ${name}`);
    return value;
  }
}

export async function ended(child: ChildProcess): Promise<EndedProcess> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  return { code, stdout, stderr };
}
