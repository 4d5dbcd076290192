import { aContentUpdate } from '@scorekeep/core/testing-core';
import { type ContentUpdate, foreseeRows, recordLastRead, writeRows } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import * as fc from 'fast-check';
import { ArchiveKeyspace } from '../archive/archive-keyspace.fixture';
import { CassandraConsumptionRows } from './cassandra-consumption-rows';
import { CassandraLearnerEnrolments } from './cassandra-learner-enrolments';

let keyspace: ArchiveKeyspace;
let sessions: readonly CassandraSession[];
let learners = 0;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
  const second = new CassandraSession(keyspace.settings);
  await second.connect();
  sessions = [keyspace.session, second];
});

afterAll(async () => {
  await sessions[1]?.close();
  await keyspace.drop();
});

const aLearner = (): LearnerInBatch => ({ userId: `learner ${(learners += 1)}`, courseId: 'c', batchId: 'b' });

/** All at once, in turn from two instances. */
async function updateAtOnce(learner: LearnerInBatch, updates: readonly (readonly ContentUpdate[])[]): Promise<void> {
  await Promise.all(
    updates.map(async (ofCall, index) => {
      const session = sessions[index % 2] ?? keyspace.session;
      const rows = new CassandraConsumptionRows(session);
      const of = { learner, updates: ofCall, nowMs: Date.now() };
      const written = await writeRows(rows, of, await foreseeRows(rows, of));
      if (written === 'contended') throw new Error('contended');
      const recorded = await recordLastRead(new CassandraLearnerEnrolments(session), learner, written);
      if (recorded === 'contended') throw new Error('contended');
    }),
  );
}

const stored = async (learner: LearnerInBatch, contentIds: readonly string[]) =>
  (await new CassandraConsumptionRows(keyspace.session).find(learner, contentIds)).map(
    ({ contentId, status, progress, lastAccessMs, lastCompletedMs }) => ({
      ...{ contentId, status, progress, lastAccessMs, lastCompletedMs },
    }),
  );

/** What all of them come to. */
function highestOf(updates: readonly ContentUpdate[]) {
  const highest = (values: readonly (number | null)[]): number | null => {
    const given = values.filter((value) => value !== null);
    return given.length === 0 ? null : Math.max(...given);
  };
  const status = highest(updates.map((update) => update.status));
  return {
    status,
    progress: status === 2 ? 100 : highest(updates.map(({ progress }) => progress)),
    lastAccessMs: highest(updates.map(({ lastAccessMs }) => lastAccessMs)),
    lastCompletedMs: highest(updates.map(({ lastCompletedMs }) => lastCompletedMs)),
  };
}

const someMs = fc.integer({ min: 1, max: 1_000_000 });

/** Different ones of one content, of which some complete it, or none does. */
const someUpdates = fc.constantFrom(1, 1, 2).chain((highestStatus) =>
  fc.uniqueArray(
    fc
      .record({
        status: fc.integer({ min: 0, max: highestStatus }),
        progress: fc.integer({ min: 1, max: 99 }),
        lastAccessMs: someMs,
        lastCompletedMs: someMs,
      })
      .map((given) => aContentUpdate(given.status === 2 ? given : { ...given, lastCompletedMs: null })),
    { minLength: 4, maxLength: 6, selector: ({ lastAccessMs }) => lastAccessMs },
  ),
);

describe('two instances that update one learner’s contents at once', () => {
  it('later times and higher progress win whatever the interleaving, of new rows and of stored ones', async () => {
    await fc.assert(
      fc.asyncProperty(someUpdates, fc.boolean(), async (updates, isStored) => {
        const learner = aLearner();
        const before = isStored ? [aContentUpdate({ status: 1, lastAccessMs: 1 })] : [];
        for (const update of before) await updateAtOnce(learner, [[update]]);
        await updateAtOnce(
          learner,
          updates.map((update) => [update, { ...update, contentId: 'do_second' }]),
        );
        expect(await stored(learner, ['do_content', 'do_second'])).toEqual([
          { contentId: 'do_content', ...highestOf([...before, ...updates]) },
          { contentId: 'do_second', ...highestOf(updates) },
        ]);
      }),
      { numRuns: 12 },
    );
  });

  it('neither undoes the other where their calls share but some contents', async () => {
    const learner = aLearner();
    const call = (contentIds: string[], given: Partial<ContentUpdate>): ContentUpdate[] =>
      contentIds.map((contentId) => aContentUpdate({ contentId, ...given }));
    await updateAtOnce(learner, [
      call(['a', 'b'], { status: 2, lastAccessMs: 10, lastCompletedMs: 10 }),
      call(['b', 'c'], { status: 1, progress: 30, lastAccessMs: 30 }),
      call(['c', 'a'], { status: 1, progress: 20, lastAccessMs: 20 }),
    ]);
    expect(await stored(learner, ['a', 'b', 'c'])).toEqual([
      { contentId: 'a', status: 2, progress: 100, lastAccessMs: 20, lastCompletedMs: 10 },
      { contentId: 'b', status: 2, progress: 100, lastAccessMs: 30, lastCompletedMs: 10 },
      { contentId: 'c', status: 1, progress: 30, lastAccessMs: 30, lastCompletedMs: null },
    ]);
  });

  it('the enrolment remembers the content accessed last of all of them', async () => {
    const learner = aLearner();
    await keyspace.session.write(
      {
        cql: 'INSERT INTO user_enrolments (userid, courseid, batchid, active) VALUES (?, ?, ?, true)',
        idempotent: true,
      },
      [learner.userId, learner.courseId, learner.batchId],
    );
    const accessed = [3, 6, 1, 5, 2, 4];
    await updateAtOnce(
      learner,
      accessed.map((lastAccessMs) => [aContentUpdate({ contentId: `do_${lastAccessMs}`, lastAccessMs })]),
    );
    expect(await new CassandraLearnerEnrolments(keyspace.session).find(learner)).toEqual({
      contentId: 'do_6',
      status: 1,
      accessMs: 6,
    });
  });
});
