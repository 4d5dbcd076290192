import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';
import { TcpProxy } from '@scorekeep/platform/testing-platform';
import { eventually, type Line, RealKafka } from '../testing/real-kafka';
import { allDone, TestService } from '../testing/test-service';

/** A group member that no other kind of consumer can share a group with. */
const ownAssigner: PartitionAssigner = () => ({
  name: 'own',
  version: 1,
  assign: async () => [],
  protocol: ({ topics }) => ({
    name: 'own',
    metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }),
  }),
});

describe('KafkaBatchServer in trouble', () => {
  let kafka: RealKafka;
  let services: TestService[];

  beforeEach(() => {
    kafka = new RealKafka(process.env['KAFKA_BROKERS']);
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.close()));
    await kafka.close();
  });

  const start = async (...options: [ConstructorParameters<typeof TestService>[2]?]): Promise<TestService> => {
    const service = new TestService(kafka, allDone, ...options);
    services.push(service);
    return service.start();
  };

  it('keeps trying to reach brokers, names address and setting, and works once they are there', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, [{ key: null, value: 'x' }]);
    const proxy = await TcpProxy.reserve(process.env['KAFKA_BROKERS'] ?? '');
    const lines: Line[] = [];
    const service = await start({ client: kafka.clientFor(proxy.address, lines) });
    await eventually(() => lines.some(([level, text]) => level === 'warn' && text.includes('consumer stopped')));

    expect(lines.find(([, text]) => text.includes('consumer stopped'))?.[1]).toContain(
      `Kafka at ${proxy.address} (KAFKA_BROKERS)`,
    );
    expect(service.server.consumerStatus()).toMatchObject({ joined: false, assigned: [], dead: undefined });

    await proxy.open();
    await eventually(() => service.reports.length > 0);
    expect(service.deaths).toEqual([]);
    expect(service.server.consumerStatus()).toMatchObject({ joined: true, assigned: [{ topic, partition: 0 }] });
    expect(service.server.consumerStatus()?.lastFetchAtMs).toBeGreaterThan(0);
    await service.close();
    await proxy.close();
  });

  it('waits for a topic that is not there yet, and creates none', async () => {
    const service = await start();
    await eventually(() => kafka.lines.some(([, text]) => text.includes('consumer stopped')));
    expect(await kafka.topics.existing()).not.toContain(`${kafka.prefix}.in`);

    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, [{ key: null, value: 'x' }]);
    await eventually(() => service.reports.length > 0);
    expect(service.deaths).toEqual([]);
  });

  it('calls for an end of the process when it can never join its group', async () => {
    const topic = await kafka.createTopic('in');
    const groupId = `${kafka.prefix}-app`;
    const stranger = kafka.plain.consumer({ groupId, partitionAssigners: [ownAssigner], maxWaitTimeInMs: 100 });
    await stranger.connect();
    await stranger.subscribe({ topic });
    await stranger.run({ eachMessage: async () => undefined });

    const service = await start();
    await eventually(() => service.deaths.length > 0);

    expect(service.deaths).toMatchObject([{ code: 'KAFKA.CONSUMER_DEAD' }]);
    expect(service.deaths[0]?.message).toContain(groupId);
    expect(service.server.consumerStatus()).toMatchObject({ stopped: false, dead: service.deaths[0] });
    await expect(service.server.untilCaughtUp(topic, new Map([[0, 1n]]))).rejects.toBe(service.deaths[0]);
    await stranger.disconnect();
  });

  it('calls for an end of the process after a defect of its own', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, [{ key: null, value: 'x' }]);
    const service = await start({
      onBatch: () => {
        throw new TypeError('a defect');
      },
    });
    await eventually(() => service.deaths.length > 0);

    expect(service.deaths[0]?.message).toContain('a defect');
    expect(kafka.lines.filter(([level]) => level === 'error')).toHaveLength(1);
  });
});
