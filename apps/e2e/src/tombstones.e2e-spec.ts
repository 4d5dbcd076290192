import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'cassandra-driver';
import {
  DemoServers,
  type DemoWorld,
  demoWorld,
  isReady,
  readState,
  runApp,
  startService,
  twoFreePorts,
} from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';

jest.setTimeout(600_000);

const COURSE = 'do_tombstones';
const CONTENT = 'do_quiz';
const BATCHES_AT_ONCE = 8;
const ROWS_OF_A_STATEMENT = 50;
const LEARNERS = 100;
/** Of each learner, and one that stays. */
const DELETED_ROWS = 1_199;
const OF_ONE_LEARNER = 5_000;
const weekMs = Date.UTC(2021, 0, 6);

const INSERT = `INSERT INTO assessment_aggregator
  (user_id, course_id, batch_id, content_id, attempt_id, created_on, updated_on, last_attempted_on, total_score,
  total_max_score, grand_total, question_count, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 2, '1/2', 1,
  [{id: 'q1', assess_ts: ${weekMs}, max_score: 2, score: 1}]) USING TIMESTAMP ?`;
const DELETE = `DELETE FROM assessment_aggregator USING TIMESTAMP ?
  WHERE user_id = ? AND course_id = ? AND batch_id = ? AND content_id = ? AND attempt_id = ?`;

interface Row {
  readonly batchId: string;
  readonly userId: string;
  readonly ordinal: number;
}

const keyOf = ({ userId, batchId, ordinal }: Row) => [userId, COURSE, batchId, CONTENT, `attempt-${ordinal}`];
const writeTimeOf = ({ ordinal }: Row): string => String((weekMs + ordinal) * 1000);

const insertOf = (row: Row) => {
  const on = new Date(weekMs + row.ordinal);
  return { query: INSERT, params: [...keyOf(row), on, on, on, writeTimeOf(row)] };
};
const deleteOf = (row: Row) => ({ query: DELETE, params: [writeTimeOf(row), ...keyOf(row)] });

const rowsOf = (batchId: string, userId: string, count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, index) => ({ batchId, userId, ordinal: from + index }));

describe('after many rows were deleted', () => {
  let world: DemoWorld;
  let client: Client;

  beforeAll(async () => {
    const options = { layout: 'unified' as const, learners: 0, attempts: 0, name: 'e2e_tombstones' };
    world = demoWorld(options, stackSettings(), await twoFreePorts());
    await new DemoServers(world).clear();
    await runApp('migrator', ['schema', 'up'], world);
    const contactPoints = [world.environment['CASSANDRA_CONTACT_POINTS'] ?? ''];
    client = new Client({ contactPoints, localDataCenter: 'datacenter1', keyspace: world.keyspace });
    await client.connect();
  });
  afterAll(async () => {
    await client.shutdown();
    await new DemoServers(world).clear();
    rmSync(world.folder, { recursive: true, force: true });
  });

  /** In batches of one learner's rows each. */
  const write = async (ofLearners: readonly (readonly Row[])[], statementOf: typeof insertOf): Promise<void> => {
    const batches = ofLearners.flatMap((rows) =>
      Array.from({ length: Math.ceil(rows.length / ROWS_OF_A_STATEMENT) }, (_, index) =>
        rows.slice(index * ROWS_OF_A_STATEMENT, (index + 1) * ROWS_OF_A_STATEMENT).map(statementOf),
      ),
    );
    for (let start = 0; start < batches.length; start += BATCHES_AT_ONCE) {
      const some = batches.slice(start, start + BATCHES_AT_ONCE);
      await Promise.all(some.map((batch) => client.batch(batch, { prepare: true, logged: false })));
    }
  };
  /** The server writes the table's memory to disk by itself after the period, nodetool or not. */
  const flush = async (): Promise<void> => {
    await client.execute('ALTER TABLE assessment_aggregator WITH memtable_flush_period_in_ms = 1000');
    await delay(3_000);
    await client.execute('ALTER TABLE assessment_aggregator WITH memtable_flush_period_in_ms = 0');
  };
  const archiver = (command: string, batchId: string, ...more: string[]): Promise<unknown> =>
    runApp('archiver', [command, '--batch', batchId, ...more], world);
  const report = async (batchId: string): Promise<{ readonly attempts: number; readonly text: string }> => {
    const out = join(world.folder, `${batchId}.csv`);
    const args = ['response', '--batch', batchId, '--include-unenrolled', '--out', out];
    const { attempts } = await runApp<{ attempts: number }>('exhaust', args, world);
    return { attempts, text: readFileSync(out, 'utf8') };
  };

  it('of a batch, what is left of it is archived, verified, reported and deleted', async () => {
    const batchId = 'mostly-gone';
    const learners = Array.from({ length: LEARNERS }, (_, index) => `learner-${index}`);
    const doomed = learners.map((userId) => rowsOf(batchId, userId, DELETED_ROWS, 1));
    await write([...learners.map((userId) => rowsOf(batchId, userId, 1)), ...doomed], insertOf);
    await flush();
    await write(doomed, deleteOf);
    await flush();
    const before = await report(batchId);
    expect(before.attempts).toBe(LEARNERS);
    expect(await archiver('archive', batchId, '--period', 'all')).toMatchObject({ totals: { rows: LEARNERS } });
    expect(await archiver('verify', batchId)).toMatchObject({ totals: { verified: 1 } });
    expect(await report(batchId)).toEqual(before);
    expect(await archiver('delete', batchId)).toMatchObject({ totals: { deletedRows: LEARNERS } });
    expect(await report(batchId)).toEqual(before);
  });

  it('of one learner, whose thousands of attempts are archived: state, report and archive are as before', async () => {
    const [batchId, userId] = ['one-learner', 'diligent'];
    await write([rowsOf(batchId, userId, OF_ONE_LEARNER)], insertOf);
    const before = await report(batchId);
    await archiver('run', batchId, '--period', 'all');
    await flush();
    expect(await report(batchId)).toEqual(before);
    const api = await startService('content-state-api', world, () => isReady(world));
    try {
      const [state] = await readState(world, { userId, courseId: COURSE, batchId });
      expect(state).toMatchObject({ attemptsCount: OF_ONE_LEARNER, bestScore: { totalScore: 1 } });
    } finally {
      await api.stop();
    }
    await write([rowsOf(batchId, userId, 1, OF_ONE_LEARNER)], insertOf);
    expect(await archiver('run', batchId, '--period', 'all')).toMatchObject({ delete: { totals: { deletedRows: 1 } } });
    expect(await report(batchId)).toMatchObject({ attempts: before.attempts + 1 });
  });
});
