import { generateSunbirdHistory, type SampleContent, type SampleData } from '@scorekeep/core/testing-core';
import { GroupProgress } from './group-progress';
import { CONTENTS, expectReports, expectScores, expectStates } from './sunbird/expect-model';
import { LiveLearners } from './sunbird/live-learners';
import { type StartedService, SunbirdWorld } from './sunbird/sunbird-world';

const history = generateSunbirdHistory({
  seed: 23,
  batches: 2,
  learnersPerBatch: 20,
  weeks: 5,
  questions: 3,
  fromMs: Date.parse('2021-01-04T00:00:00Z'),
});
const contents: readonly SampleContent[] = CONTENTS.map((id) => ({
  id,
  title: id,
  questions: [0, 1, 2].map((index) => ({
    id: `do_question_${index}`,
    title: 'A question',
    options: ['right', 'wrong', 'none'],
    maxScore: 1,
  })),
}));
const courses = ['do_course_0', 'do_course_1'].map((id) => ({ id, name: id, contents }));
const others: SampleData = {
  courses,
  batches: courses.map((course, index) => ({ id: `batch-${index}`, name: `Batch ${index}`, course })),
  enrolments: history.map(({ userId, courseId, batchId }) => ({ userId, courseId, batchId, active: true })),
  submissions: [],
};
const BEFORE_ALL_EVENTS_MS = Date.parse('2022-01-01T00:00:00Z');
const QUICK = '--ranges 4';

/** The steps of docs/runbooks/replace-sunbird.md, one after the other, while learners go on answering. */
describe('from Sunbird’s jobs to the split layout', () => {
  let world: SunbirdWorld;
  let live: LiveLearners;
  let progress: GroupProgress;
  let ingest: StartedService;
  let api: StartedService;
  beforeAll(async () => {
    world = await SunbirdWorld.create('e2e_sunbird', history, others);
    live = new LiveLearners(world, history, contents);
    progress = await new GroupProgress(world.world).open();
  });
  afterAll(async () => {
    await live.stop();
    await progress.close();
    await world.close();
  });

  const findings = (): string => `--findings ${world.world.folder}/findings`;
  const rowsOf = async (table: string): Promise<number> =>
    (await world.tables.rows(`SELECT attempt_id FROM ${table}`)).length;
  /** Lets the ingest catch up, compares everything, and lets the learners go on. */
  const expectAll = async (): Promise<void> => {
    expect(await live.stop()).toBeGreaterThan(0);
    await progress.untilCaughtUp();
    const learners = live.model();
    await expectScores(world.tables, learners);
    await expectStates(api.world, learners);
    await expectReports(world, learners);
    live.start();
  };

  it('1–3: schema and topics; the ingest goes on where the old one stopped', async () => {
    await world.run('migrator', 'schema up');
    await world.run('migrator', 'topics');
    await world.seedOtherTables();
    live.start();
    ingest = await world.start('ingest');
  });

  it('4–5: everybody is filled, also after a kill; the new readers agree with the model', async () => {
    const planned = await world.run<{ changed: number }>('migrator', `scores --dry-run ${QUICK} ${findings()}`);
    expect(planned.changed).toBeGreaterThan(0);
    const parts = async (): Promise<boolean> => (await rowsOfLedger()) >= 2;
    await world.runAndKill('migrator', `scores --rate 20 --parallel 1 ${QUICK} ${findings()}`, parts);
    const filled = await world.run<object>('migrator', `scores ${QUICK} ${findings()}`);
    expect(filled).toMatchObject({ rejects: 0, conflicts: 0, failed: [], attempts: { placeholders: 0 } });
    api = await world.start('content-state-api');
    await expectAll();
  });

  it('6: complete weeks are archived and deleted', async () => {
    await world.run('archiver', 'archive --period all');
    await world.run('archiver', 'verify');
    const { totals } = await world.run<{ totals: { deletedRows: number } }>('archiver', 'delete');
    expect(totals.deletedRows).toBeGreaterThan(0);
    const left = await world.tables.rows('SELECT updated_on FROM assessment_aggregator');
    expect(left.filter((row) => (row['updated_on'] as Date).getTime() < BEFORE_ALL_EVENTS_MS)).toEqual([]);
    await expectAll();
  });

  it('7.1–5: answers are copied, also after a kill; the ingest changes over without a gap', async () => {
    const copied = async (): Promise<boolean> => (await rowsOf('assessment_raw')) >= 10;
    await world.runAndKill('migrator', `raw --rate 15 --parallel 1 ${QUICK}`, copied);
    expect(await world.run('migrator', `raw ${QUICK}`)).toMatchObject({ failed: [], droppedAnswers: false });
    world.use('split');
    const next = await world.start('ingest');
    await ingest.stop();
    ingest = next;
    expect(await world.run('migrator', `raw ${QUICK}`)).toMatchObject({ failed: [] });
    await expectAll();
  });

  it('7.6: the old answers are dropped while learners go on answering; nothing has changed', async () => {
    const dropped = await world.run('migrator', `raw --confirm-drop ${QUICK}`);
    expect(dropped).toMatchObject({ copied: 0, givenBack: 0, failed: [], droppedAnswers: true });
    await expectAll();
    await live.stop();
    await progress.untilCaughtUp();
    const verified = await world.run('migrator', `scores --verify ${QUICK} ${findings()}`);
    expect(verified).toMatchObject({ changed: 0, failed: [] });
    expect(await rowsOf('assessment_aggregator')).toBe(
      live.model().reduce((sum, { attempts }) => sum + attempts.length, 0),
    );
  });

  /** Parts of migrations that are done. */
  const rowsOfLedger = async (): Promise<number> =>
    (await world.tables.rows('SELECT unit FROM migration_ledger')).filter(({ unit }) => unit !== 'run').length;
});
