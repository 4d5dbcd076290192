import {
  type Enrolment,
  type LearnerProfile,
  progressColumns,
  ReportNaming,
  type ReportOrder,
  unknownProfile,
} from '@scorekeep/core/domain-exhaust';
import {
  anEnrolment,
  InMemoryBatchEnrolments,
  InMemoryBatchMetrics,
  InMemoryOptionalNodes,
  reportPorts,
} from '@scorekeep/core/testing-core';
import { AppError } from '@scorekeep/platform/util-errors';
import { parse } from 'csv-parse/sync';
import { ProduceProgressReport } from './produce-progress-report.use-case';
import { ProgressCourses } from './progress-courses';
import { ProgressLearners } from './progress-learners';
import { ProgressSettings } from './progress.settings';

const batch = { courseId: 'course', batchId: 'batch' };
const hierarchy = {
  name: 'Health',
  leafNodesCount: 4,
  children: [
    { identifier: 'unit', children: [{ identifier: 'quiz 2', contentType: 'SelfAssess' }] },
    { identifier: 'video', contentType: 'Resource' },
    { identifier: 'quiz 1', objectType: 'QuestionSet', primaryCategory: 'Course Assessment' },
  ],
};

function newStage() {
  const { sink, encoder, profiles, hierarchies, batches, names } = reportPorts();
  const enrolments = new InMemoryBatchEnrolments();
  const metrics = new InMemoryBatchMetrics();
  const optionalNodes = new InMemoryOptionalNodes();
  batches.add(batch, 'Autumn');
  hierarchies.add('course', JSON.stringify(hierarchy));
  const naming = new ReportNaming(hierarchies, batches, names);
  const producer = new ProduceProgressReport(
    enrolments,
    new ProgressLearners(profiles, metrics),
    new ProgressCourses(naming, optionalNodes, new ProgressSettings()),
    encoder,
    { timeZone: 'UTC', formulaGuard: true },
  );
  return { sink, profiles, hierarchies, names, enrolments, metrics, optionalNodes, producer };
}

describe('ProduceProgressReport', () => {
  let stage: ReturnType<typeof newStage>;
  let interruption: AbortController;
  let advances: number[][];

  beforeEach(() => {
    stage = newStage();
    interruption = new AbortController();
    advances = [];
  });

  const produce = (order: Partial<ReportOrder> = {}) =>
    stage.producer.produce(
      { batchId: 'batch', format: 'csv', includeUnenrolled: false, ...order },
      { sink: stage.sink, name: 'report' },
      {
        signal: interruption.signal,
        advanced: (...advance) => advances.push(advance),
        restarted: () => undefined,
      },
    );
  const enrol = (userId: string, given: Partial<Enrolment> = {}) =>
    stage.enrolments.add(anEnrolment({ ...batch, userId, ...given }));
  const written = () => (stage.sink.reports.get('report') ?? Buffer.alloc(0)).toString();
  const rows = () => parse<Record<string, string>>(written(), { columns: true, record_delimiter: '\n' });
  const of = (userId: string) => rows().find((row) => row['User UUID'] === userId);
  const profileOf = (given: Partial<LearnerProfile>): LearnerProfile => ({ ...unknownProfile, ...given });

  it('has a row per active enrolment, with what every source knows', async () => {
    enrol('a', { completedContents: new Set(['video', 'quiz 2', 'extra']), completedOnMs: null });
    enrol('b', { completed: true, completedOnMs: Date.UTC(2023, 1, 3), certificateIssued: true });
    stage.profiles.add('a', profileOf({ state: 'Goa', board: '["CBSE","State"]' }));
    stage.optionalNodes.add('course', ['extra']);
    stage.metrics.add(batch, 'a', {
      legacy: { 'score:quiz 1': 1, 'max_score:quiz 1': 2, 'score:quiz 2': 0, 'max_score:quiz 2': 4 },
      aggregates: { 'score:quiz 2': 3 },
    });
    const report = await produce();
    expect(written().split('\n')[0]).toBe(progressColumns(['quiz 2', 'quiz 1']).join(','));
    expect(of('a')).toMatchObject({
      ...{
        'Collection Id': 'course',
        'Collection Name': 'Health',
        'Batch Id': 'BatchId_batch',
        'Batch Name': 'Autumn',
      },
      ...{ State: 'Goa', 'Declared Board': 'CBSE, State', 'Enrolment Date': '01/01/2023', 'Completion Date': '' },
      ...{ Progress: '50', 'Total Score': '67%', 'quiz 1 - Score': '50%', 'quiz 2 - Score': '75%' },
    });
    expect(of('b')).toMatchObject({
      ...{ State: '', 'Completion Date': '03/02/2023', 'Certificate Status': 'Issued', Progress: '100' },
      ...{ 'Total Score': '', 'quiz 1 - Score': '' },
    });
    expect(report).toEqual({
      ...{ rows: 2, learners: 2, bytes: Buffer.byteLength(written()), remarks: [] },
      details: { completed: 1, enrolmentsLeftOut: 0 },
    });
  });

  it('leaves out enrolments that are not active, unless asked', async () => {
    enrol('active');
    enrol('left', { active: false });
    const report = await produce();
    expect(rows().map((row) => row['User UUID'])).toEqual(['active']);
    expect(report.remarks).toEqual(['left out: 1 enrolment that is not active']);
    expect(await produce({ includeUnenrolled: true })).toMatchObject({ rows: 2, remarks: [] });
  });

  it('has only learners of the organisation that it is for', async () => {
    for (const userId of ['of it', 'of another', 'without profile']) enrol(userId);
    stage.profiles.add('of it', profileOf({ rootOrgId: 'org' }));
    stage.profiles.add('of another', profileOf({ rootOrgId: 'other' }));
    expect(await produce({ organisationId: 'org' })).toMatchObject({
      ...{ rows: 1, details: { enrolmentsLeftOut: 0 }, remarks: [] },
    });
    expect(rows().map((row) => row['User UUID'])).toEqual(['of it']);
  });

  it('takes every course of the batch, or the one that is named', async () => {
    const children = [{ identifier: 'other quiz', contentType: 'SelfAssess' }];
    stage.hierarchies.add('a course', JSON.stringify({ name: 'Other', children }));
    enrol('a');
    enrol('a', { courseId: 'a course' });
    const inOther = { ...batch, courseId: 'a course' };
    stage.metrics.add(inOther, 'a', {
      aggregates: { 'score:other quiz': 1, 'max_score:other quiz': 1, 'score:quiz 1': 1 },
    });
    await produce();
    const scores = rows().map((row) => [row['Collection Name'], row['other quiz - Score'], row['quiz 1 - Score']]);
    expect(scores).toEqual([
      ['Health', '', ''],
      ['Other', '100%', ''],
    ]);
    expect(await produce({ collectionId: 'course' })).toMatchObject({ rows: 1 });
    expect(written().split('\n')[0]).toBe(progressColumns(['quiz 2', 'quiz 1']).join(','));
  });

  it.each([
    { name: 'a batch without enrolments', active: 0, left: 0, words: 'batch batch has no enrolments' },
    { name: 'a batch without active ones', active: 0, left: 2, words: 'all there is are 2 enrolments' },
  ])('writes the header alone for $name, and says so', async ({ left, words }) => {
    for (let index = 0; index < left; index += 1) enrol(`left ${index}`, { active: false });
    const { remarks, rows: count } = await produce();
    expect(count).toBe(0);
    expect(remarks?.join()).toContain(words);
    expect(remarks?.join()).toContain('header only');
    expect(written().split('\n')).toHaveLength(2);
  });

  it('has empty columns for a course of which nothing is known', async () => {
    enrol('a', { courseId: 'unknown', completedContents: new Set(['x']) });
    stage.names.add('unknown', 'Named by the search');
    await produce();
    expect(of('a')).toMatchObject({ 'Collection Name': 'Named by the search', 'Batch Name': '', Progress: '' });
    expect(written().split('\n')[0]).toBe(progressColumns([]).join(','));
  });

  it('streams many learners, and says how far it is', async () => {
    for (let index = 0; index < 1203; index += 1) enrol(`learner ${index}`);
    expect(await produce()).toMatchObject({ rows: 1203 });
    expect(rows().map((row) => row['User UUID'])).toEqual(
      Array.from({ length: 1203 }, (_, index) => `learner ${index}`),
    );
    expect(advances).toHaveLength(3);
    expect(advances.map(([percent = NaN]) => percent >= 0 && percent <= 100)).toEqual([true, true, true]);
  });

  it.each(['profiles', 'metrics', 'optionalNodes', 'hierarchies', 'enrolments'] as const)(
    'fails when %s cannot be read, and publishes nothing',
    async (source) => {
      enrol('a');
      const fails = () => {
        throw new AppError('CATALOGUE.UNAVAILABLE', 'no answer', { retryable: true });
      };
      const methods = { profilesOf: fails, metricsOf: fails, optionalNodesOf: fails, hierarchyOf: fails };
      Object.assign(stage[source], { ...methods, enrolmentsOf: fails });
      await expect(produce()).rejects.toMatchObject({ code: 'CATALOGUE.UNAVAILABLE' });
      expect(stage.sink.reports.size).toBe(0);
    },
  );

  it('stops when it is interrupted', async () => {
    for (let index = 0; index < 1001; index += 1) enrol(`learner ${index}`);
    const reason = new AppError('CLI.INTERRUPTED', 'interrupted');
    stage.enrolments.percentBefore = () => {
      interruption.abort(reason);
      return 0;
    };
    await expect(produce()).rejects.toBe(reason);
    expect(stage.sink.reports.size).toBe(0);
  });
});
