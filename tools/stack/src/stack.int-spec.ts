import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Client, errors, types } from 'cassandra-driver';
import { Kafka, logLevel } from 'kafkajs';
import { stackSettings } from './stack-settings';

const PATIENCE_MS = 30_000;

/** A new index takes a moment until it answers: the server refuses to read by it before. */
async function answered<T>(query: () => Promise<T>): Promise<T> {
  for (const endMs = performance.now() + PATIENCE_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      return await query();
    } catch (error) {
      const isReadFailure =
        error instanceof errors.ResponseError && error.code === Number(types.responseErrorCodes.readFailure);
      if (!isReadFailure || performance.now() > endMs) throw error;
    }
  }
}

/** What apps and tests rely on and a server's default would not give. */
describe('the servers of the stack', () => {
  const setting = (name: string) => stackSettings()[name] ?? '';
  const name = `stack_spec_${randomUUID().replaceAll('-', '')}`;

  it('have their settings in the environment of every test', () => {
    expect(process.env).toMatchObject(stackSettings());
  });

  it('Cassandra knows the types and indexes of version 5', async () => {
    const client = new Client({
      contactPoints: setting('CASSANDRA_CONTACT_POINTS').split(','),
      localDataCenter: setting('CASSANDRA_LOCAL_DATACENTER'),
    });
    try {
      const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
      await client.execute(`CREATE KEYSPACE ${name} WITH replication = ${replication}`);
      await client.execute(`CREATE TABLE ${name}.words (id int PRIMARY KEY, word text)`);
      await client.execute(`CREATE INDEX ON ${name}.words (word) USING 'sai'`);
      await client.execute(`INSERT INTO ${name}.words (id, word) VALUES (1, 'one')`);
      const { rows } = await answered(() => client.execute(`SELECT id FROM ${name}.words WHERE word = 'one'`));
      expect(rows).toHaveLength(1);
      await client.execute(`DROP KEYSPACE ${name}`);
    } finally {
      await client.shutdown();
    }
  });

  it('Kafka takes messages of 4 MiB, keeps old ones, and creates no topic by itself', async () => {
    const kafka = new Kafka({ clientId: name, brokers: [setting('KAFKA_BROKERS')], logLevel: logLevel.NOTHING });
    const [admin, producer] = [kafka.admin(), kafka.producer({ retry: { retries: 2 } })];
    try {
      await Promise.all([admin.connect(), producer.connect()]);
      await admin.createTopics({ topics: [{ topic: name, numPartitions: 1 }] });
      const message = { value: Buffer.alloc(4 * 1024 * 1024), timestamp: '946684800000' };
      const [written] = await producer.send({ topic: name, messages: [message] });
      expect(written?.errorCode).toBe(0);
      expect(await admin.fetchTopicOffsets(name)).toMatchObject([{ low: '0', high: '1' }]);
      await admin.deleteTopics({ topics: [name] });
      await expect(producer.send({ topic: `${name}_unknown`, messages: [{ value: 'x' }] })).rejects.toThrow();
    } finally {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    }
  });

  it('S3 has the bucket, and refuses to replace an object that must be new', async () => {
    const client = new S3Client({
      endpoint: setting('S3_ENDPOINT'),
      region: setting('S3_REGION'),
      credentials: { accessKeyId: setting('S3_ACCESS_KEY_ID'), secretAccessKey: setting('S3_SECRET_ACCESS_KEY') },
      forcePathStyle: setting('S3_FORCE_PATH_STYLE') === 'true',
    });
    const key = { Bucket: setting('STORAGE_BUCKET'), Key: name };
    const put = () => client.send(new PutObjectCommand({ ...key, Body: 'x', IfNoneMatch: '*' }));
    try {
      await put();
      await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    } finally {
      await client.send(new DeleteObjectCommand(key));
      client.destroy();
    }
  });
});
