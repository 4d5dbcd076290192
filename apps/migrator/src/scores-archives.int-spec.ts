import { generateSunbirdHistory, keptOf } from '@scorekeep/core/testing-core';
import { SunbirdStage } from './sunbird-stage.fixture';

const learners = generateSunbirdHistory({
  ...{ seed: 11, batches: 2, learnersPerBatch: 15, weeks: 5, questions: 3 },
  fromMs: Date.parse('2021-01-04T00:00:00Z'),
});
const attempts = learners.flatMap((learner) => learner.attempts);

describe('migrator scores, where no row is left and the archives say all', () => {
  let stage: SunbirdStage;
  beforeAll(async () => {
    stage = await SunbirdStage.open('unified', process.env['CASSANDRA_CONTACT_POINTS']);
    await stage.seed(learners);
    await stage.json('schema up');
  });
  afterAll(() => stage.close());

  it('reads adopted objects of the reference and Scorekeep’s own Parquet objects', async () => {
    await stage.archiver('adopt');
    await stage.archiver('archive --period all --format parquet');
    await stage.write('TRUNCATE assessment_aggregator');
    const report = await stage.json('scores --ranges 4');
    expect(report).toMatchObject({
      changed: learners.length,
      conflicts: 0,
      rejects: 0,
      failed: [],
      attempts: {
        rows: 0,
        scorekeepObjects: attempts.filter(({ live }) => live).length,
        referenceObjects: attempts.filter(({ archived }) => archived).length,
      },
    });
    for (const learner of learners) {
      expect(await stage.kept(learner)).toEqual({ ...keptOf(learner), filled: true, placeholders: 0 });
    }
  });

  it('repeated, changes nothing', async () => {
    expect(await stage.json('scores --ranges 4')).toMatchObject({ changed: 0, failed: [] });
    expect(await stage.json('scores --verify --ranges 4')).toMatchObject({ changed: 0, failed: [] });
  });
});
