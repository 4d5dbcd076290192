import { setTimeout as delay } from 'node:timers/promises';
import { type DemoWorld, demoWorld, DemoServers, runApp, Story, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { leaveGroup } from './faults/leave-group';
import { startFaulty } from './faults/start-faulty';
import { expectTables } from './stored-tables';

const KILLS = 1;

/** Runs the ingest and kills it −9 as soon as it has stored more rows than before. */
async function killMidway(world: DemoWorld, servers: DemoServers, table: string): Promise<void> {
  const before = await servers.rows(table);
  const { child, ended } = startFaulty('ingest', ['--until-caught-up'], world, {});
  while (child.exitCode === null && (await servers.rows(table)) <= before) await delay(5);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  await leaveGroup(world);
}

describe.each(['unified', 'split'] as const)('the ingest, killed in the middle (%s)', (layout) => {
  it('ends where the model says', async () => {
    const options = { layout, learners: 150, attempts: 900, name: `e2e_kill_${layout}` };
    const world = demoWorld(options, stackSettings(), await twoFreePorts());
    const servers = new DemoServers(world);
    const story = new Story(world, servers, Date.now());
    await story.prepare();
    await story.sendAnswers();
    const table = layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';
    for (let kill = 0; kill < KILLS; kill += 1) await killMidway(world, servers, table);
    await runApp('ingest', ['--until-caught-up'], world);
    await expectTables(world, story.data.submissions);
    await servers.clear();
  });
});
