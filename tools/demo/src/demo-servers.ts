import { Client, type types } from 'cassandra-driver';
import { Redis } from 'ioredis';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { hierarchyOf, type SampleBatch, type SampleData } from '@scorekeep/core/testing-core';
import { type DemoWorld } from './demo-world';

/** A record to send, and when it was produced, ms since epoch. */
export interface DemoRecord {
  readonly key: string | null;
  readonly value: string;
  readonly timestampMs: number;
}

const RECORDS_PER_REQUEST = 200;

/** The demo's own access to the servers, for what an operator's other systems do: enrol learners, send events. */
export class DemoServers {
  private readonly kafka: Kafka;

  constructor(private readonly world: DemoWorld) {
    const brokers = [this.setting('KAFKA_BROKERS')];
    this.kafka = new Kafka({ brokers, clientId: 'scorekeep-demo', logLevel: logLevel.NOTHING });
  }

  /** Removes what an earlier run left. */
  async clear(): Promise<void> {
    await Promise.all([this.dropKeyspaces(), this.deleteTopics(), this.deleteObjects()]);
  }

  /** What other services know: batches, enrolments, hierarchies, leaf nodes. */
  async seed(data: SampleData): Promise<void> {
    const client = this.cassandra();
    try {
      for (const batch of data.batches) await client.execute(...insertBatch(this.world.keyspace, batch));
      const insertEnrolment = `INSERT INTO ${this.world.keyspace}.user_enrolments (userid, courseid, batchid, active, status) VALUES (?, ?, ?, ?, 1)`;
      await inTurns(data.enrolments, ({ userId, courseId, batchId, active }) =>
        client.execute(insertEnrolment, [userId, courseId, batchId, active], { prepare: true }),
      );
      for (const course of data.courses) {
        const insert = `INSERT INTO ${this.world.hierarchyKeyspace}.content_hierarchy (identifier, hierarchy) VALUES (?, ?)`;
        await client.execute(insert, [course.id, hierarchyOf(course)], { prepare: true });
      }
    } finally {
      await client.shutdown();
    }
    await this.seedLeafNodes(data);
  }

  async send(topic: string, records: Iterable<DemoRecord>): Promise<void> {
    const producer = this.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      for (const messages of inGroups(records, RECORDS_PER_REQUEST)) {
        await producer.send({
          topic,
          acks: -1,
          messages: messages.map(({ key, value, timestampMs }) => ({ key, value, timestamp: String(timestampMs) })),
        });
      }
    } finally {
      await producer.disconnect();
    }
  }

  /** Records that a topic holds. */
  async count(topic: string): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(topic);
      return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    } finally {
      await admin.disconnect();
    }
  }

  /** Rows of a table of the demo's keyspace. */
  async rows(table: string): Promise<number> {
    const client = this.cassandra();
    try {
      const { rows } = await client.execute(`SELECT count(*) AS rows FROM ${this.world.keyspace}.${table}`, [], {
        readTimeout: 60_000,
      });
      return Number((rows[0] as types.Row)['rows']);
    } finally {
      await client.shutdown();
    }
  }

  private async dropKeyspaces(): Promise<void> {
    const client = this.cassandra();
    try {
      for (const keyspace of [this.world.keyspace, this.world.hierarchyKeyspace]) {
        await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`, [], { readTimeout: 60_000 });
      }
    } finally {
      await client.shutdown();
    }
  }

  private async deleteTopics(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${this.world.topicPrefix}.`));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      const group = `${this.world.topicPrefix}-ingest`;
      const { groups } = await admin.listGroups();
      if (groups.some(({ groupId }) => groupId === group)) await admin.deleteGroups([group]);
    } finally {
      await admin.disconnect();
    }
  }

  private async deleteObjects(): Promise<void> {
    const client = new S3Client({
      endpoint: this.setting('S3_ENDPOINT'),
      region: this.setting('S3_REGION'),
      forcePathStyle: true,
      credentials: {
        accessKeyId: this.setting('S3_ACCESS_KEY_ID'),
        secretAccessKey: this.setting('S3_SECRET_ACCESS_KEY'),
      },
    });
    const where = { Bucket: this.setting('STORAGE_BUCKET'), Prefix: `${this.world.storagePrefix}/` };
    try {
      for (;;) {
        const { Contents: objects = [] } = await client.send(new ListObjectsV2Command(where));
        if (objects.length === 0) return;
        const Objects = objects.map(({ Key }) => ({ Key }));
        await client.send(new DeleteObjectsCommand({ Bucket: where.Bucket, Delete: { Objects } }));
      }
    } finally {
      client.destroy();
    }
  }

  private async seedLeafNodes(data: SampleData): Promise<void> {
    const redis = new Redis(this.setting('REDIS_URL'));
    try {
      for (const { id, contents } of data.courses) {
        await redis.del(`${id}:${id}:leafnodes`);
        await redis.sadd(`${id}:${id}:leafnodes`, ...contents.map((content) => content.id));
      }
    } finally {
      redis.disconnect();
    }
  }

  private cassandra(): Client {
    const contactPoints = [this.setting('CASSANDRA_CONTACT_POINTS')];
    return new Client({ contactPoints, localDataCenter: this.setting('CASSANDRA_LOCAL_DATACENTER') });
  }

  private setting(name: string): string {
    const value = this.world.environment[name];
    if (value === undefined) throw new Error(`the local stack gives no ${name}`);
    return value;
  }
}

function insertBatch(keyspace: string, { id, name, course }: SampleBatch): [string, unknown[], { prepare: true }] {
  const cql = `INSERT INTO ${keyspace}.course_batch (courseid, batchid, name, status) VALUES (?, ?, ?, 1)`;
  return [cql, [course.id, id, name], { prepare: true }];
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (const group of inGroups(items, 64)) await Promise.all(group.map(work));
}

function* inGroups<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
