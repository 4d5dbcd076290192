import { join } from 'node:path';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { renderSubmission, sampleAttempts, type SampleSubmission } from '@scorekeep/core/testing-core';
import {
  type DemoRecord,
  DemoServers,
  type DemoWorld,
  demoWorld,
  runApp,
  Story,
  twoFreePorts,
} from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { eventually } from './eventually';

import { leaveGroup } from './faults/leave-group';
import { type FaultyApp, type ProcessFaults, startFaulty } from './faults/start-faulty';
import { GroupProgress } from './group-progress';
import { expectTables } from './stored-tables';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const JOINED = 'partitions were assigned';

/** Every third record has no key, so that records of one learner are in several partitions. */
const recordOf = (submission: SampleSubmission, index: number): DemoRecord => ({
  key: index % 3 === 0 ? null : submission.userId,
  value: renderSubmission(submission),
  timestampMs: submission.recordMs,
});

describe.each(['unified', 'split'] as const)('several consumers (%s)', (layout) => {
  let world: DemoWorld;
  let servers: DemoServers;
  let story: Story;
  let progress: GroupProgress;
  const running: FaultyApp[] = [];

  beforeAll(async () => {
    const options = { layout, learners: 40, attempts: 400, name: `e2e_consumers_${layout}` };
    world = demoWorld(options, stackSettings(), await twoFreePorts());
    servers = new DemoServers(world);
    story = new Story(world, servers, Date.now() - HOUR_MS);
    await story.prepare();
    progress = await new GroupProgress(world).open();
  });
  afterAll(async () => {
    running.forEach(({ child }) => child.kill('SIGKILL'));
    await Promise.all(running.map(({ ended }) => ended));
    await leaveGroup(world);
    await progress.close();
    await servers.clear();
  });

  const start = async (faults: ProcessFaults): Promise<FaultyApp> => {
    const [port, privatePort] = await twoFreePorts();
    const ports = { HTTP_PORT: String(port), HTTP_PRIVATE_PORT: String(privatePort) };
    const environment = { ...world.environment, ...ports, LOG_LEVEL: 'info' };
    const app = startFaulty('ingest', [], { environment }, faults);
    running.push(app);
    return app;
  };
  const stop = async ({ child, ended, said }: FaultyApp): Promise<void> => {
    child.kill('SIGTERM');
    expect([await ended, said()]).toEqual([0, expect.stringContaining('"stopped"')]);
  };

  it('under clocks minutes apart, one a zombie, others coming and going, end where the model says', async () => {
    const { submissions, batches } = story.data;
    const topic = fullTopicName(world.topicPrefix, topics.assess);
    const records = [...submissions, ...submissions.slice(0, 100)].map(recordOf);
    await servers.send(topic, records.slice(0, 250));

    const zombie = await start({
      clockAheadMs: 4 * MINUTE_MS,
      strike: { point: 'row', when: 'before', nth: 25, signal: 'SIGSTOP' },
    });
    await eventually(() => zombie.said().includes('struck'), zombie.said);
    await leaveGroup(world);
    const successor = await start({ clockAheadMs: -3 * MINUTE_MS });
    await progress.untilCaughtUp(successor.said);

    const newcomer = await start({});
    zombie.child.kill('SIGCONT');
    await servers.send(topic, records.slice(250));
    await eventually(() => newcomer.said().includes(JOINED), newcomer.said);
    await stop(successor);
    await progress.untilCaughtUp(newcomer.said);
    await stop(zombie);
    await stop(newcomer);

    await expectTables(world, submissions, { writers: 'several' });
    for (const { id } of batches.slice(0, 2)) {
      const ofBatch = submissions.filter(({ batchId }) => batchId === id);
      const expected = [...sampleAttempts(ofBatch, layout).values()];
      const out = join(world.folder, `${id}.csv`);
      const report = await runApp('exhaust', ['response', '--batch', id, '--include-unenrolled', '--out', out], world);
      const questions = expected.reduce((sum, attempt) => sum + attempt.questions, 0);
      expect(report).toMatchObject({ attempts: expected.length, questions });
    }
  });
});
