import { gunzipSync } from 'node:zlib';
import { type Manifest } from '@scorekeep/core/domain-archive';
import { type ReportOrder, responseColumns, unknownProfile } from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer, aVersion } from '@scorekeep/core/testing-core';
import { recordOf, weekOf } from './archival-record.fixture';
import { batchId, ResponseStage } from './response-stage.fixture';

describe('ProduceResponseReport', () => {
  let stage: ResponseStage;
  beforeEach(() => (stage = new ResponseStage()));

  const produce = (order?: Partial<ReportOrder>) => stage.produce(order);
  const rowsOfFile = (bytes?: Buffer) => stage.rowsOfFile(bytes);
  const rowsOf = (...attempts: StoredAttempt[]) => stage.rowsOf(...attempts);

  it('writes live and archived attempts as one, in row order', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((userId) => aVersion(userId)) as [
      WrittenAttempt,
      WrittenAttempt,
      WrittenAttempt,
      WrittenAttempt,
    ];
    [a, b, c, d].forEach((row) => stage.table.insert(row));
    await stage.move([b], 40);
    await stage.move([d], 41);
    const report = await produce();
    expect(rowsOfFile()).toEqual(rowsOf(a, b, c, d));
    expect(report).toEqual({
      learners: 4,
      attempts: 4,
      questions: 4,
      rows: 4,
      attemptsLeftOut: 0,
      rowsFromArchive: 2,
      rowsFromTable: 2,
      bytes: stage.written.length,
      restarts: 0,
      remarks: [],
    });
    expect(stage.percents.at(-1)).toBeLessThanOrEqual(100);
  });

  it('writes the greatest version of an attempt, wherever it lies', async () => {
    stage.table.insert(aVersion('live wins', 2));
    stage.archive.publish(weekOf(40), [aVersion('live wins', 1), aVersion('archive wins', 3), aVersion('both', 1)]);
    stage.archive.publish(weekOf(41), [aVersion('both', 2)]);
    stage.table.insert(aVersion('archive wins', 1));
    stage.table.insert(aVersion('both', 2));
    const report = await produce();
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('live wins', 2), aVersion('archive wins', 3), aVersion('both', 2)));
    expect(report).toMatchObject({ attempts: 3, rowsFromArchive: 4, rowsFromTable: 3 });
  });

  it('does not let a version without answers hide one that has them', async () => {
    stage.archive.publish(weekOf(40), [aVersion('a', 1)]);
    stage.table.insert(aVersion('a', 2, { answers: [] }));
    await produce();
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('a', 1)));
  });

  it('counts learners, attempts and questions', async () => {
    const two = [anAnswer({ questionId: 'q1' }), anAnswer({ questionId: 'q2' }), anAnswer({ questionId: 'q1' })];
    stage.table.insert(aVersion('a', 1, { attemptId: 'a1', answers: two }));
    stage.table.insert(aVersion('a', 1, { attemptId: 'a2' }));
    stage.table.insert(aVersion('b', 1, { answers: [] }));
    expect(await produce()).toMatchObject({ learners: 2, attempts: 3, questions: 3 });
    expect(rowsOfFile()).toHaveLength(1 + 4);
  });

  it('leaves out learners who are not actively enrolled in the course, unless asked', async () => {
    stage.table.insert(aVersion('active'));
    stage.table.insert(aVersion('left'));
    stage.table.insert(aVersion('never'));
    stage.table.insert(aVersion('other course', 0, { courseId: 'do_other' }));
    stage.enrolments.enrol({ courseId: 'do_course', batchId }, 'active');
    stage.enrolments.enrol({ courseId: 'do_course', batchId }, 'left', false);
    stage.enrolments.enrol({ courseId: 'do_course', batchId }, 'other course');
    expect(await produce({ includeUnenrolled: false })).toMatchObject({ attempts: 1, attemptsLeftOut: 3 });
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('active')));
    expect(await produce({ includeUnenrolled: true })).toMatchObject({ attempts: 4, attemptsLeftOut: 0 });
  });

  it('takes every collection of the batch, or the one that is named', async () => {
    const other = { courseId: 'do_other' };
    stage.table.insert(aVersion('a'));
    stage.table.insert(aVersion('a', 0, other));
    stage.archive.publish(weekOf(40), [aVersion('b')]);
    stage.archive.publish(weekOf(40, 'do_other'), [aVersion('b', 0, other)]);
    expect(await produce()).toMatchObject({ attempts: 4, learners: 4 });
    expect(rowsOfFile().map((row) => row.slice(0, 2))).toContainEqual(['do_other', '']);
    expect(await produce({ collectionId: 'do_course' })).toMatchObject({ attempts: 2 });
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('a'), aVersion('b')));
  });

  it('has only learners of the organisation that it is for', async () => {
    stage.table.insert(aVersion('of it'));
    stage.table.insert(aVersion('of another'));
    stage.table.insert(aVersion('without profile'));
    stage.profiles.add('of it', { ...unknownProfile, rootOrgId: 'org' });
    stage.profiles.add('of another', { ...unknownProfile, rootOrgId: 'other' });
    const report = await produce({ organisationId: 'org' });
    expect(report).toMatchObject({ attempts: 1, attemptsLeftOut: 0, remarks: [] });
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('of it')));
  });

  it('writes parquet when asked', async () => {
    stage.table.insert(aVersion('a', 1));
    await produce({ format: 'parquet' });
    const [, row = ''] = stage.written.toString().split('\n');
    expect((JSON.parse(row) as unknown[])[responseColumns.indexOf('Question Score')]).toBe(1);
  });

  it('has titles that only the search knows', async () => {
    stage.table.insert(aVersion('a', 0, { contentId: 'do_gone' }));
    stage.contentNames.add('do_gone', 'Not in the course any more');
    await produce();
    expect(rowsOfFile()[1]?.[responseColumns.indexOf('QuestionSet Title')]).toBe('Not in the course any more');
  });

  it("reads the reference's own files too, as versions like any other, and says so once", async () => {
    stage.table.insert(aVersion('live', 2));
    stage.table.insert(aVersion('cleared', 2, { answers: [] }));
    const inFile = ['live', 'cleared', 'archived', 'z', 'y', 'x'].map((userId) => aVersion(userId, 1));
    stage.reference.add('batch-1_do_course/2021-5-1.csv.gz', [
      ...inFile,
      aVersion('other', 1, { batchId: 'batch-1_do' }),
    ]);
    stage.reference.add('batch-1_do_course/2021-6-1.csv.gz', [aVersion('archived', 3)]);
    const report = await produce();
    const expected = [
      aVersion('live', 2),
      aVersion('archived', 3),
      ...inFile.filter(({ userId }) => 'cleared z y x'.includes(userId)),
    ];
    expect(rowsOfFile()).toEqual(rowsOf(...expected));
    expect(report).toMatchObject({ rowsFromArchive: 7, rowsFromTable: 2, restarts: 0 });
    await produce();
    expect(stage.warnings).toEqual([expect.stringContaining('without a manifest')]);
  });

  it('takes no object of Scorekeep for one of the reference: published, replaced, or begun and never published', async () => {
    const [old, current] = [1, 2].map((iteration) =>
      stage.archive.publish(weekOf(40), [aVersion('a', iteration)], iteration),
    );
    const keyOf = (manifest: Manifest | undefined) => manifest?.objects[0]?.key ?? '';
    const begun = 'batch-1_do_course/2023-41-9.csv.gz';
    for (const key of [keyOf(old), keyOf(current), begun]) stage.reference.add(key, [aVersion('never')]);
    await stage.ledger.save({ ...recordOf(41, {}), archival: 'RUNNING', objectKeys: [begun] }, 0);
    expect(await produce()).toMatchObject({ attempts: 1 });
    expect(stage.warnings).toEqual([]);
  });

  it('starts again when a file of the reference comes in the meantime', async () => {
    stage.table.insert(aVersion('a'));
    stage.table.beforeRow = async () => stage.reference.add('batch-1_do_course/2021-5-1.csv.gz', [aVersion('b')]);
    expect(await produce()).toMatchObject({ restarts: 1, attempts: 2 });
  });

  it('writes the header alone for a batch without answers', async () => {
    stage.table.insert(aVersion('a', 0, { batchId: 'another' }));
    expect(await produce()).toMatchObject({
      ...{ learners: 0, attempts: 0, questions: 0, rows: 0, rowsFromTable: 0 },
      remarks: [`batch ${batchId} has no answers: the file holds the header only`],
    });
    expect(stage.written.toString()).toBe(`${responseColumns.join(',')}\n`);
  });

  it('compresses when asked', async () => {
    stage.table.insert(aVersion('a'));
    const report = await produce({ format: 'csv.gz' });
    expect(rowsOfFile(gunzipSync(stage.written))).toEqual(rowsOf(aVersion('a')));
    expect(report.bytes).toBe(stage.written.length);
  });

  it('streams many attempts in several chunks', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => aVersion(`learner ${index}`));
    many.forEach((row) => stage.table.insert(row));
    expect(await produce()).toMatchObject({ attempts: 1203, learners: 1203 });
    expect(rowsOfFile()).toEqual(rowsOf(...many));
    expect(stage.percents).toHaveLength(3);
    expect([...stage.percents].sort((left, right) => left - right)).toEqual(stage.percents);
  });
});
