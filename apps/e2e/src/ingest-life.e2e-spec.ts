import { AssignerProtocol, Kafka, logLevel, type PartitionAssigner } from 'kafkajs';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { renderSubmission } from '@scorekeep/core/testing-core';
import { DemoServers, type DemoWorld, demoWorld, Story, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { eventually } from './eventually';
import { startFaulty } from './faults/start-faulty';
import { GroupProgress } from './group-progress';

/** A group member that no other kind of consumer can share a group with. */
const ownAssigner: PartitionAssigner = () => ({
  name: 'own',
  version: 1,
  assign: async () => [],
  protocol: ({ topics: subscribed }) => ({
    name: 'own',
    metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics: subscribed, userData: Buffer.alloc(0) }),
  }),
});

describe('the life of the ingest’s process', () => {
  let world: DemoWorld;
  let servers: DemoServers;
  let story: Story;

  beforeAll(async () => {
    const options = { layout: 'unified', learners: 100, attempts: 1_500, name: 'e2e_life' } as const;
    world = demoWorld(options, stackSettings(), await twoFreePorts());
    servers = new DemoServers(world);
    story = new Story(world, servers, Date.now());
    await story.prepare();
  });
  afterAll(() => servers.clear());

  it('SIGTERM: what was begun is finished and committed, nothing else; then connections close, exit 0', async () => {
    const progress = await new GroupProgress(world).open();
    const distinct = story.data.submissions.filter(({ kind }) => kind === 'first');
    await servers.send(
      fullTopicName(world.topicPrefix, topics.assess),
      distinct.map(({ ...submission }) => ({
        key: submission.userId,
        value: renderSubmission(submission),
        timestampMs: submission.recordMs,
      })),
    );
    const app = startFaulty('ingest', [], world, {});
    await eventually(async () => (await progress.committed()) > 0, app.said);
    app.child.kill('SIGTERM');

    expect(await app.ended).toBe(0);
    const committed = await progress.committed();
    expect(committed).toBeLessThan(distinct.length);
    expect(await servers.rows('assessment_aggregator')).toBe(committed);
    expect(app.said()).not.toMatch(/"level":"(warn|error|fatal)"/);
    await progress.close();
  });

  it('a consumer that can never join its group ends the process with 1', async () => {
    const brokers = [world.environment['KAFKA_BROKERS'] ?? ''];
    const stranger = new Kafka({ brokers, clientId: 'e2e', logLevel: logLevel.NOTHING }).consumer({
      groupId: `${world.topicPrefix}-ingest`,
      partitionAssigners: [ownAssigner],
      maxWaitTimeInMs: 100,
    });
    await stranger.connect();
    try {
      await stranger.subscribe({ topic: fullTopicName(world.topicPrefix, topics.assess) });
      await stranger.run({ eachMessage: async () => undefined });
      const app = startFaulty('ingest', [], world, {});
      expect(await app.ended).toBe(1);
      expect(app.said()).toContain('cannot go on');
    } finally {
      await stranger.disconnect();
    }
  });
});
