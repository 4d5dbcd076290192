import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { generateSampleData, renderSubmission, type SampleSubmission } from '@scorekeep/core/testing-core';
import { type DemoRecord, DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { leaveGroup } from './faults/leave-group';
import { startFaulty, type Step } from './faults/start-faulty';
import { readTopic } from './read-topic';
import { expectTables } from './stored-tables';

/** Between any two of these writes the ingest can die; entries and metrics are one write. */
const STEPS = {
  unified: ['row', 'entries', 'certificate', 'marker', 'dead-letter'],
  split: ['totals', 'row', 'entries', 'certificate', 'marker', 'dead-letter'],
} as const satisfies Record<string, readonly Step[]>;

const recordOf = (submission: SampleSubmission): DemoRecord => ({
  key: submission.userId,
  value: renderSubmission(submission),
  timestampMs: submission.recordMs,
});

async function requestsByLearner(world: DemoWorld): Promise<Map<string, number>> {
  const messages = await readTopic(world, fullTopicName(world.topicPrefix, topics.certificateRequest));
  const counts = new Map<string, number>();
  for (const { key } of messages) counts.set(String(key), (counts.get(String(key)) ?? 0) + 1);
  return counts;
}

describe.each(['unified', 'split'] as const)('the ingest, killed exactly between two writes (%s)', (layout) => {
  const size = { courses: 1, batches: 1, learners: 24, attempts: 90, weeks: 8 };
  const data = generateSampleData({ seed: 7, ...size, nowMs: Date.now(), idPrefix: 'k' });
  const learners = [...new Set(data.submissions.map(({ userId }) => userId))];
  const steps = STEPS[layout];
  let world: DemoWorld;
  let servers: DemoServers;

  beforeAll(async () => {
    const options = { layout, learners: 0, attempts: 0, name: `e2e_kill_points_${layout}` };
    world = demoWorld(options, stackSettings(), await twoFreePorts());
    servers = new DemoServers(world);
    await servers.clear();
    await runApp('migrator', ['schema', 'up'], world);
    await runApp('migrator', ['topics'], world);
  });
  afterAll(() => servers.clear());

  it('completes what was begun, doubles nothing, and asks for each certificate', async () => {
    const topic = fullTopicName(world.topicPrefix, topics.assess);
    for (const [index, point] of steps.entries()) {
      const mine = new Set(learners.filter((_, ordinal) => ordinal % steps.length === index));
      await servers.send(topic, data.submissions.filter(({ userId }) => mine.has(userId)).map(recordOf));
      if (point === 'dead-letter')
        await servers.send(topic, [{ key: null, value: 'no JSON', timestampMs: Date.now() }]);
      const strike = { point, when: 'after', nth: 1, signal: 'SIGKILL' } as const;
      const { ended, said } = startFaulty('ingest', ['--until-caught-up'], world, { strike });
      expect([await ended, said()]).toEqual(['SIGKILL', expect.stringContaining(`struck by SIGKILL after ${point}`)]);
      await leaveGroup(world);
    }
    await runApp('ingest', ['--until-caught-up'], world);

    await expectTables(world, data.submissions);
    const requests = await requestsByLearner(world);
    expect([...requests.keys()].sort()).toEqual([...learners].sort());
    // one more at most for each delivery that was cut off
    expect(Math.max(...requests.values())).toBeLessThanOrEqual(1 + steps.length);
    const failed = await readTopic(world, fullTopicName(world.topicPrefix, topics.assessFailed));
    expect(new Set(failed.map(({ value }) => String(value)))).toEqual(new Set(['no JSON']));

    await servers.send(topic, data.submissions.map(recordOf));
    await runApp('ingest', ['--until-caught-up'], world);
    await expectTables(world, data.submissions);
    expect(await requestsByLearner(world)).toEqual(requests);
  });
});
