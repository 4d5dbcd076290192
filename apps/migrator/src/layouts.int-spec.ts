import { CassandraAttemptRows } from '@scorekeep/core/adapter-cassandra';
import {
  attemptKey,
  canonicalAnswers,
  latestPerQuestion,
  scoreOfRow,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { anAnswer, aRow, generateSunbirdHistory, keptOf, learner } from '@scorekeep/core/testing-core';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { SunbirdStage } from './sunbird-stage.fixture';

const QUICK = '--ranges 4';
const learners = generateSunbirdHistory({
  ...{ seed: 11, batches: 2, learnersPerBatch: 25, weeks: 5, questions: 3 },
  fromMs: Date.parse('2021-01-04T00:00:00Z'),
});
const live = learners.flatMap(({ attempts }) => attempts).filter((attempt) => attempt.live);
const kept = learners.reduce((sum, each) => sum + keptOf(each).attempts.size, 0);

interface Report {
  readonly copied: number;
  readonly same: number;
  readonly newer: number;
  readonly withoutAnswers: number;
  readonly givenBack: number;
  readonly removed: number;
  readonly droppedAnswers: boolean;
  readonly failed: readonly unknown[];
}

/** From unified to split, and back; one story, in which each step goes on where the last one ended. */
describe('migrator raw and unify', () => {
  let stage: SunbirdStage;
  let unified: CassandraAttemptRows;
  let split: CassandraAttemptRows;
  beforeAll(async () => {
    stage = await SunbirdStage.open('unified', process.env['CASSANDRA_CONTACT_POINTS']);
    await stage.seed(learners);
    await stage.json('schema up');
    await stage.json(`scores ${QUICK}`);
    unified = new CassandraAttemptRows(stage.session, 'unified');
    split = new CassandraAttemptRows(stage.session, 'split');
  });
  afterAll(() => stage.close());

  /** Rows with answers of all learners, as text that tells every cell and write time. */
  const rowsOf = async (table: CassandraAttemptRows): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const each of [...learners, learner]) {
      for (const row of await table.ofLearner(each)) if (row.answers.length > 0) found.set(keyOf(row), textOf(row));
    }
    return found;
  };
  const keyOf = (row: WrittenAttempt): string => `${row.userId} ${attemptKey(row)}`;
  const textOf = ({ answers, writeTimeUs, ...row }: WrittenAttempt): string =>
    JSON.stringify([row, String(writeTimeUs), canonicalAnswers(answers)]);
  const expectScores = async (): Promise<void> => {
    for (const each of learners) expect(await stage.kept(each)).toMatchObject(keptOf(each));
  };
  let before: Map<string, string>;

  it('a dry run counts and copies nothing', async () => {
    before = await rowsOf(unified);
    expect(before.size).toBe(live.length);
    const report = await stage.json<Report>(`raw --dry-run ${QUICK}`);
    expect(report).toMatchObject({ copied: live.length, givenBack: kept - live.length, failed: [] });
    expect(await stage.rows('SELECT user_id FROM assessment_raw')).toEqual([]);
  });

  it('killed −9 in the middle and run again, copies every row once, with its write times', async () => {
    const killed = stage.migrate(`raw --rate 15 --parallel 1 ${QUICK}`, () => undefined);
    const copied = async (): Promise<number> => (await stage.rows('SELECT user_id FROM assessment_raw')).length;
    while ((await copied()) < 10) await new Promise((done) => setTimeout(done, 50));
    stage.kill();
    expect((await killed).code).toBeNull();
    expect(await copied()).toBeLessThan(live.length);
    await stage.untilLeaseRunsOut();
    const report = await stage.json<Report>(`raw ${QUICK}`);
    expect(report).toMatchObject({ same: live.length, newer: 0, failed: [], droppedAnswers: false });
    expect(await rowsOf(split)).toEqual(before);
    await expectScores();
  });

  it('every attempt has its row of totals, just above its tombstone', async () => {
    const totals = await stage.rows('SELECT user_id, attempt_id, total_score FROM assessment_aggregator');
    expect(totals).toHaveLength(kept);
  });

  it('repeated, copies what came meanwhile and nothing else', async () => {
    const late = { ...aRow({ attemptId: 'late', answers: [anAnswer()] }), ...learner };
    await unified.write(late, 1_700_000_000_000_001n);
    const report = await stage.json<Report>(`raw ${QUICK}`);
    expect(report).toMatchObject({ copied: 1, givenBack: 0, failed: [] });
    before = await rowsOf(unified);
    expect(await rowsOf(split)).toEqual(before);
  });

  it('back: one answer per question, where there were more above; entries know it', async () => {
    const again = [anAnswer({ score: 0 }), anAnswer({ etsMs: 1_700_000_000_900, score: 1 })];
    const repeats = { ...aRow({ attemptId: 'repeats', answers: again }, 'split'), ...learner };
    await split.write(repeats, 1_700_000_000_000_001n);
    await stage.json(`scores ${QUICK}`, 0, 'split');
    const report = await stage.json<Report>(`unify ${QUICK}`);
    expect(report).toMatchObject({ copied: 1, same: before.size, removed: kept - live.length, failed: [] });
    for (const each of [...learners, learner]) {
      const { attempts } = await stage.book.read(each);
      const raw = new Map((await split.ofLearner(each)).map((row) => [attemptKey(row), row]));
      for (const row of (await unified.ofLearner(each)).filter(({ answers }) => answers.length > 0)) {
        const from = raw.get(attemptKey(row));
        expect(row.mixed).toBeUndefined();
        expect(canonicalAnswers(row.answers)).toBe(canonicalAnswers(latestPerQuestion(from?.answers ?? [])));
        expect(attempts.get(attemptKey(row))?.writeTimeUs).toBeGreaterThanOrEqual(row.writeTimeUs);
        expect(scoreOfRow(row, shortDigest).score).toBe(attempts.get(attemptKey(row))?.score);
      }
    }
    expect([...(await rowsOf(unified)).keys()].sort()).toEqual(
      [...before.keys(), `${learner.userId} ${attemptKey(repeats)}`].sort(),
    );
    await expectScores();
  });

  it('repeated, changes nothing; scores find nothing to do', async () => {
    expect(await stage.json<Report>(`unify ${QUICK}`)).toMatchObject({ copied: 0, removed: 0, failed: [] });
    expect(await stage.json<{ changed: number }>(`scores --verify ${QUICK}`)).toMatchObject({ changed: 0 });
  });

  it('and to split once more', async () => {
    before = await rowsOf(unified);
    const report = await stage.json<Report>(`raw ${QUICK}`);
    expect(report).toMatchObject({ copied: 1, givenBack: kept - live.length, failed: [] });
    expect(await rowsOf(split)).toEqual(before);
  });

  it('refuses to drop answers while something is still written unified, and drops them when nothing is', async () => {
    await unified.write({ ...aRow({ attemptId: 'later', answers: [anAnswer()] }), ...learner }, 1_700_000_000_000_001n);
    const refused = await stage.migrate(`raw --confirm-drop ${QUICK}`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('somebody still writes the unified layout');
    before = await rowsOf(unified);
    const report = await stage.json<Report>(`raw --confirm-drop ${QUICK}`);
    expect(report).toMatchObject({ copied: 0, droppedAnswers: true, failed: [] });
    const columns = await stage.rows(
      `SELECT column_name FROM system_schema.columns WHERE keyspace_name = '${stage.session.keyspace}' AND table_name = 'assessment_aggregator' AND column_name = 'question'`,
    );
    expect(columns).toEqual([]);
    expect(await rowsOf(split)).toEqual(before);
    expect(await stage.json<Report>(`raw ${QUICK}`)).toMatchObject({ copied: 0, givenBack: 0 });
    await expectScores();
    const back = await stage.migrate(`unify ${QUICK}`);
    expect(back.code).toBe(1);
    expect(back.stderr).toContain('the layout stays split');
    expect(await stage.json(`scores ${QUICK}`, 0, 'split')).toMatchObject({ changed: 1, failed: [] });
    expect(await stage.json(`scores --verify ${QUICK}`, 0, 'split')).toMatchObject({ changed: 0, failed: [] });
  });
});
