import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type types } from 'cassandra-driver';
import { attemptsCountKey, scoreKey } from '@scorekeep/core/domain-scoring';
import { type DemoWorld, demoWorld, DemoServers, runApp, Story, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { expectedAttempts } from './expected-scores';

const KILLS = 3;
const ingest = resolve(__dirname, '../../../dist/apps/ingest/main.js');

/** Runs the ingest and kills it −9 as soon as it has stored more rows than before. */
async function killMidway(world: DemoWorld, servers: DemoServers, table: string): Promise<void> {
  const before = await servers.rows(table);
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [ingest, '--until-caught-up'], {
    env: { PATH, HOME, ...world.environment },
    stdio: 'ignore',
  });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  while (child.exitCode === null && (await servers.rows(table)) <= before) await delay(5);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
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

    const contactPoints = [world.environment['CASSANDRA_CONTACT_POINTS'] ?? ''];
    const client = new Client({ contactPoints, localDataCenter: 'datacenter1', keyspace: world.keyspace });
    const all = async (cql: string): Promise<types.Row[]> =>
      (await client.execute(cql, [], { fetchSize: 100_000 })).rows;
    try {
      const expected = expectedAttempts(story.data.submissions);
      const rows = await all(
        `SELECT attempt_id, total_score, total_max_score, last_attempted_on, question FROM ${table}`,
      );
      const found = new Map(
        rows.map((row) => [
          row['attempt_id'] as string,
          {
            score: row['total_score'] as number,
            maxScore: row['total_max_score'] as number,
            questions: new Set((row['question'] as { id: string }[]).map(({ id }) => id)).size,
            lastAttemptedOnMs: (row['last_attempted_on'] as Date).getTime(),
          },
        ]),
      );
      expect(found).toEqual(expected);
      if (layout === 'unified') {
        expect(
          rows.filter(
            (row) => (row['question'] as unknown[]).length !== expected.get(row['attempt_id'] as string)?.questions,
          ),
        ).toEqual([]);
      }
      const learners = await all('SELECT user_id, aggregates, attempts FROM user_activity_agg');
      expect(learners.reduce((sum, row) => sum + Object.keys(row['attempts'] as object).length, 0)).toBe(expected.size);
      for (const row of learners) {
        const metrics = row['aggregates'] as Record<string, number>;
        for (const contentId of new Set(
          story.data.submissions.filter(({ userId }) => userId === row['user_id']).map(({ content }) => content.id),
        )) {
          const attempts = story.data.submissions.filter(
            ({ userId, content }) => userId === row['user_id'] && content.id === contentId,
          );
          const scores = [...new Set(attempts.map(({ attemptId }) => attemptId))].map(
            (id) => expected.get(id)?.score ?? NaN,
          );
          expect(metrics[scoreKey(contentId)]).toBe(Math.max(...scores));
          expect(metrics[attemptsCountKey(contentId)]).toBe(scores.length);
        }
      }
    } finally {
      await client.shutdown();
    }
  });
});
