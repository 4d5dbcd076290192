import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { archivalTaskMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aRow } from '@scorekeep/core/testing-core';
import { KafkaClient, KafkaMessagePublisher, KafkaSettings, KafkaTopics } from '@scorekeep/platform/adapter-kafka';
import { type MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { loadSettings } from '@scorekeep/platform/util-config';
import { ArchiverStage } from './archiver-stage.fixture';

jest.setTimeout(300_000);

const weekMs = 7 * 24 * 3600 * 1000;
const PARTITIONS = 4;
const batches = ['one', 'two', 'three', 'four', 'five', 'six'];

/** Rows of a batch in two weeks. */
const attempts = (batchId: string): WrittenAttempt[] =>
  Array.from({ length: 40 }, (_, index) => {
    const updatedOnMs = Date.UTC(2021, 0, 6) + (index % 2) * weekMs + index;
    const identity = { batchId, userId: `learner ${index % 7}`, courseId: 'do_1130', attemptId: `attempt-${index}` };
    return { ...aRow(), ...identity, updatedOnMs, writeTimeUs: BigInt(updatedOnMs) * 1000n };
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 200));
}

describe('archiver serve', () => {
  let stage: ArchiverStage;
  let client: KafkaClient;
  let publisher: MessagePublisher & { close(): Promise<void> };
  let instances: Instance[];

  class Instance {
    said = '';
    private constructor(
      readonly child: ChildProcess,
      readonly ended: Promise<number | null>,
      private readonly port: number,
    ) {}

    static async start(): Promise<Instance> {
      const port = await freePort();
      let started: ChildProcess | undefined;
      const given = { ...kafkaEnvironment(), HTTP_PORT: String(port), ARCHIVE_SCHEDULE: 'off', LOG_LEVEL: 'info' };
      const run = stage.run(['serve'], given, (child) => (started = child));
      if (!started) throw new Error('not started');
      const instance = new Instance(
        started,
        run.then(({ code }) => code),
        port,
      );
      instances.push(instance);
      started.stdout?.on('data', (chunk: Buffer) => (instance.said += chunk.toString()));
      await until(async () => (await instance.get('health/ready').catch(() => undefined))?.status === 200);
      return instance;
    }

    get(path: string): Promise<Response> {
      return fetch(`http://127.0.0.1:${this.port}/${path}`);
    }

    async stop(): Promise<number | null> {
      this.child.kill('SIGTERM');
      return this.ended;
    }
  }

  const prefix = (): string => stage.session.keyspace;
  const kafkaEnvironment = (): Record<string, string> => ({ KAFKA_TOPIC_PREFIX: prefix() });

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'unified', 's3');
    instances = [];
    const settings = loadSettings([KafkaSettings], { ...process.env, ...kafkaEnvironment() }).get(KafkaSettings);
    client = new KafkaClient(settings, 'test', () => undefined);
    publisher = new KafkaMessagePublisher(client);
    const kafkaTopics = new KafkaTopics(client);
    await kafkaTopics.createMissing([fullTopicName(prefix(), topics.archivalTask)], PARTITIONS);
    await kafkaTopics.close();
    for (const batchId of batches) await stage.insert(attempts(batchId));
  });

  afterAll(async () => {
    for (const { child } of instances) child.kill('SIGKILL');
    await publisher.close();
    await stage.close();
  });

  it('shares the work of one plan between instances, survives a killed one, and ends in the same objects', async () => {
    const [first, second] = [await Instance.start(), await Instance.start()];
    const value = archivalTaskMessage({ kind: 'plan', taskId: 'tick', plannedOnMs: Date.now() });
    await publisher.publish(fullTopicName(prefix(), topics.archivalTask), [{ key: 'tick', value }]);
    await until(async () => (await stage.status()).some(({ archival }) => archival === 'SUCCESS'));
    first.child.kill('SIGKILL');
    await once(first.child, 'close');

    const states = async (): Promise<string[]> =>
      (await stage.status()).map(({ archival, deletion }) => `${archival} ${deletion}`);
    const wanted = batches.flatMap(() => ['SUCCESS SUCCESS', 'SUCCESS SUCCESS']);
    await until(async () => JSON.stringify(await states()) === JSON.stringify(wanted));
    for (const batchId of batches) {
      expect(await stage.live(batchId)).toEqual([]);
      expect(await stage.archived(batchId)).toEqual(
        expect.arrayContaining(
          attempts(batchId).map(({ attemptId }) => expect.objectContaining({ attemptId }) as unknown),
        ),
      );
      expect(await stage.archived(batchId)).toHaveLength(40);
    }
    const metrics = await (await second.get('metrics')).text();
    expect(metrics).toMatch(/archival_week_seconds_count\{action="delete",outcome="deleted"\} [1-9]/);
    expect(await second.stop()).toBe(0);
    expect(second.said).toContain('"stopped"');
  });
});
