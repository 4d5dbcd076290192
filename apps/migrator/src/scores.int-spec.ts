import { anAnswer, aRow, generateSunbirdHistory, keptOf, type SunbirdLearner } from '@scorekeep/core/testing-core';
import { attemptKey, type StorageLayout } from '@scorekeep/core/domain-scoring';
import { CassandraAttemptRows } from '@scorekeep/core/adapter-cassandra';
import { SunbirdStage } from './sunbird-stage.fixture';

const QUICK = '--ranges 8';
const history = (seed: number): SunbirdLearner[] =>
  generateSunbirdHistory({
    ...{ seed, batches: 3, learnersPerBatch: 20, weeks: 6, questions: 3 },
    fromMs: Date.parse('2021-01-04T00:00:00Z'),
  });

interface Report {
  readonly learners: number;
  readonly attempts: Readonly<Record<string, number>>;
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly rejects: number;
  readonly failed: readonly { readonly unit: string }[];
}

async function prepared(layout: StorageLayout, learners: readonly SunbirdLearner[]): Promise<SunbirdStage> {
  const stage = await SunbirdStage.open(layout, process.env['CASSANDRA_CONTACT_POINTS']);
  await stage.seed(learners);
  await stage.json('schema up');
  return stage;
}

async function expectAllKept(stage: SunbirdStage, learners: readonly SunbirdLearner[]): Promise<void> {
  for (const learner of learners) {
    expect(await stage.kept(learner)).toEqual({ ...keptOf(learner), filled: true, placeholders: 0 });
  }
}

describe.each(['unified', 'split'] as const)('migrator scores (%s)', (layout) => {
  const learners = history(layout.length);
  let stage: SunbirdStage;
  beforeAll(async () => {
    stage = await prepared(layout, learners);
  });
  afterAll(() => stage.close());

  const attempts = learners.flatMap((learner) => learner.attempts);
  const distinct = learners.reduce((sum, learner) => sum + keptOf(learner).attempts.size, 0);

  it('a dry run tells what would change, --verify fails, and neither changes anything', async () => {
    const planned = await stage.json<Report>(`scores --dry-run ${QUICK}`);
    expect(planned).toMatchObject({ changed: learners.length, failed: [] });
    expect(stage.findings('differences')).toHaveLength(learners.length);
    const verified = await stage.json<Report>(`scores --verify ${QUICK}`, 1);
    expect(verified.changed).toBe(learners.length);
    expect(await stage.rows('SELECT unit FROM migration_ledger')).toEqual([]);
    expect((await stage.book.read(learners[0] ?? { userId: '', courseId: '', batchId: '' })).filled).toBe(false);
  });

  it('of one batch, leaves the others alone', async () => {
    const report = await stage.json<Report>(`scores --batch batch-1 ${QUICK}`);
    expect(report).toMatchObject({ learners: 20, changed: 20, failed: [] });
    const [other, own] = learners;
    expect(other && (await stage.book.read(other)).filled).toBe(false);
    expect(own && (await stage.kept(own))).toEqual({ ...(own && keptOf(own)), filled: true, placeholders: 0 });
  });

  it('of all, joins rows, archives, lists and metrics', async () => {
    const report = await stage.json<Report>(`scores ${QUICK}`);
    expect(report).toMatchObject({
      learners: learners.length,
      changed: 40,
      unchanged: 20,
      conflicts: 0,
      rejects: 0,
      failed: [],
      attempts: {
        rows: attempts.filter(({ live }) => live).length,
        scorekeepObjects: 0,
        referenceObjects: attempts.filter(({ archived }) => archived).length,
        kept: distinct,
        placeholders: 0,
      },
    });
    await expectAllKept(stage, learners);
  });

  it('repeated, changes nothing, and --verify is content', async () => {
    expect(await stage.json<Report>(`scores ${QUICK}`)).toMatchObject({ changed: 0, unchanged: learners.length });
    expect(await stage.json<Report>(`scores --verify ${QUICK}`)).toMatchObject({ changed: 0, failed: [] });
    await expectAllKept(stage, learners);
  });

  it('adds a row whose writer died before its entry', async () => {
    const [learner] = learners;
    if (!learner) throw new Error('no learner');
    const row = { ...aRow({ attemptId: 'late', answers: [anAnswer()] }), ...learner };
    await new CassandraAttemptRows(stage.session, layout).write(row, 1_700_000_000_000_001n);
    expect(await stage.json<Report>(`scores --verify ${QUICK}`, 1)).toMatchObject({ changed: 1 });
    expect(await stage.json<Report>(`scores ${QUICK}`)).toMatchObject({ changed: 1 });
    expect((await stage.kept(learner)).attempts.get(attemptKey(row))).toMatchObject({ score: 1 });
  });
});
