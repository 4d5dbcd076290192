import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { KafkaClient } from '../client/kafka.client';
import { KafkaSettings } from '../client/kafka.settings';
import { KafkaBatchServer } from './kafka-batch.server';

const handler = async () => [];

describe('KafkaBatchServer before it listens', () => {
  const makeServer = (): KafkaBatchServer =>
    new KafkaBatchServer({
      client: new KafkaClient(new KafkaSettings(), 'test', () => undefined),
      publisher: new RecordingPublisher(),
      topicPrefix: 'test',
      groupId: 'test-app',
      onDead: () => undefined,
    });

  it('takes one handler for a topic', () => {
    const server = makeServer();
    server.addHandler('in', handler, true);

    expect(() => server.addHandler('in', handler, true)).toThrow(/handler of in is the second/);
    expect(() => server.addHandler('other', handler, true)).not.toThrow();
  });

  it('refuses a handler that wants to answer', () => {
    expect(() => makeServer().addHandler('in', handler, false)).toThrow(/must be an @EventPattern/);
  });

  it('does not listen without a handler', () => {
    const said: unknown[] = [];
    makeServer().listen((error) => said.push(error));
    expect(said).toMatchObject([{ code: 'KAFKA.BAD_HANDLER' }]);
  });

  it('has no status yet, and can be closed', async () => {
    const server = makeServer();
    expect(server.consumerStatus()).toBeUndefined();
    await server.close();
    await expect(server.untilCaughtUp('test.in', new Map())).rejects.toMatchObject({ code: 'KAFKA.CLOSED' });
  });

  it('has no events of its own', () => {
    expect(() => makeServer().on('connected')).toThrow('no event connected');
  });
});
