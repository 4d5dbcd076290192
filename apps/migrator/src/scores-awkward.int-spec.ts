import { gzipSync } from 'node:zlib';
import { attemptKey } from '@scorekeep/core/domain-scoring';
import { generateSunbirdHistory, keptOf, type SunbirdLearner } from '@scorekeep/core/testing-core';
import { SunbirdStage } from './sunbird-stage.fixture';

const QUICK = '--ranges 4';
const learners = generateSunbirdHistory({
  ...{ seed: 5, batches: 2, learnersPerBatch: 30, weeks: 5, questions: 2 },
  fromMs: Date.parse('2021-01-04T00:00:00Z'),
});
const oddLearner: SunbirdLearner = {
  userId: 'odd',
  courseId: 'do_course_0',
  batchId: 'batch-0',
  attempts: [],
  metrics: 'none',
};
const INSERT =
  "INSERT INTO assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, last_attempted_on, grand_total, total_score, total_max_score) VALUES ('odd', 'do_course_0', 'batch-0', 'c', ?, 1600000000000, ?, ?, ?)";

interface Report {
  readonly changed: number;
  readonly conflicts: number;
  readonly rejects: number;
  readonly failed: readonly { readonly unit: string; readonly error: string }[];
  readonly attempts: Readonly<Record<string, number>>;
}

/** What goes wrong, in the order in which an operator meets it. */
describe('migrator scores, with malformed data, a broken object and a kill', () => {
  let stage: SunbirdStage;
  beforeAll(async () => {
    stage = await SunbirdStage.open('unified', process.env['CASSANDRA_CONTACT_POINTS']);
    await stage.seed(learners);
    await stage.json('schema up');
    await stage.write(INSERT, ['words', 'seven/ten', 3, 10]);
    await stage.write(INSERT, ['nan', '1.0/2.0', NaN, 2]);
    await stage.write(INSERT, ['', '1.0/2.0', 1, 2]);
    const details = [
      'not JSON',
      '{"attempt_id":"","content_id":"c","score":1,"max_score":2}',
      '{"attempt_id":"words","content_id":"c","score":9,"max_score":10,"attempted_on":1600000000}',
    ];
    await stage.write(
      "UPDATE user_activity_agg SET agg_details = ?, aggregates = aggregates + ? WHERE activity_type = 'Course' AND activity_id = 'do_course_0' AND user_id = 'odd' AND context_id = 'cb:batch-0'",
      [
        details,
        new Map([
          ['score:lost', 4],
          ['max_score:lost', 5],
          ['attempts_count:lost', 2],
          ['completedCount', 7],
        ]),
      ],
    );
    stage.putObject('archival/batch-1_do_course_1/2021-2-1.csv.gz', gzipSync('user_id,course_id\nx').subarray(0, 20));
  });
  afterAll(() => stage.close());

  it('killed −9 and run again, does every part once; a broken object fails its part and stops no other', async () => {
    const killed = stage.migrate(`scores --rate 20 --parallel 1 ${QUICK}`);
    const parts = async (): Promise<number> =>
      (await stage.rows('SELECT unit FROM migration_ledger')).filter(({ unit }) => unit !== 'run').length;
    while ((await parts()) < 2) await new Promise((done) => setTimeout(done, 50));
    stage.kill();
    expect((await killed).code).toBeNull();
    await stage.untilLeaseRunsOut();
    const report = await stage.json<Report>(`scores ${QUICK}`, 1);
    expect(report.failed).toEqual([expect.objectContaining({ unit: 'archive:archival/batch-1_do_course_1' })]);
    expect(report.attempts['rows']).toBe(
      learners.flatMap(({ attempts }) => attempts).filter(({ live }) => live).length + 3,
    );
  });

  it('lists what is malformed once, by its key, and what contradicts', async () => {
    const rejects = stage.findings('rejects');
    expect(rejects.every(({ userId }) => userId === 'odd')).toBe(true);
    expect(rejects.map(({ source, attemptId, index }) => [source, attemptId ?? index]).sort()).toEqual([
      ['agg_details', 0],
      ['agg_details', 1],
      ['row', ''],
      ['row', 'nan'],
      ['row', 'words'],
    ]);
    expect(stage.findings('conflicts')).toEqual([
      expect.objectContaining({
        userId: 'odd',
        attemptId: 'words',
        field: 'score',
        kept: 3,
        left: 9,
        source: 'agg_details',
      }),
    ]);
  });

  it('holds what only metrics tell, and leaves others’ numbers alone', async () => {
    const { placeholders, attempts, metrics } = await stage.kept(oddLearner);
    expect(placeholders).toBe(2);
    expect([...attempts.keys()].sort()).toEqual(
      ['', 'nan', 'words'].map((attemptId) => attemptKey({ contentId: 'c', attemptId })).sort(),
    );
    expect(Object.fromEntries(metrics)).toMatchObject({ 'score:lost': 4, 'attempts_count:lost': 2, 'score:c': 3 });
    expect((await stage.book.read(oddLearner)).aggregates.get('completedCount')).toBe(7);
  });

  it('with the object repaired, the next run does that part alone, and everything is kept', async () => {
    stage.putObject(
      'archival/batch-1_do_course_1/2021-2-1.csv.gz',
      gzipSync(
        'user_id,course_id,batch_id,content_id,attempt_id,created_on,grand_total,last_attempted_on,question,total_max_score,total_score,updated_on\n',
      ),
    );
    const report = await stage.json<Report>(`scores ${QUICK}`);
    expect(report.failed).toEqual([]);
    for (const learner of learners) {
      expect(await stage.kept(learner)).toEqual({ ...keptOf(learner), filled: true, placeholders: 0 });
    }
    expect(await stage.json<Report>(`scores ${QUICK}`)).toMatchObject({
      changed: 0,
      failed: [],
      rejects: 5,
      conflicts: 1,
    });
  });

  it.each(['scores --batch a --batch-file b', 'scores --batch-file nowhere'])('bad usage: %s', async (args) => {
    const { code, stdout } = await stage.migrate(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
