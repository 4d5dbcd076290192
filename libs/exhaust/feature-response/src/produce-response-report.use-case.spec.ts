import { gunzipSync } from 'node:zlib';
import { type Manifest } from '@scorekeep/core/domain-archive';
import {
  ReportLearners,
  ReportNaming,
  type ReportOrder,
  responseColumns,
  responseRows,
  unknownProfile,
} from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer, aVersion, hashToken, reportPorts } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { recordOf } from './archival-record.fixture';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings, responseFormat } from './exhaust.settings';
import { ProduceResponseReport } from './produce-response-report.use-case';

const format = responseFormat(new ExhaustSettings());
const batchId = 'batch-1';
const names = { collectionName: 'Health', batchName: 'Autumn', titles: new Map([['do_content', 'Quiz 1']]) };
const week = (isoWeek: number, collectionId = 'do_course') => ({
  batchId,
  collectionId,
  week: { isoYear: 2023, isoWeek },
});

function newStage() {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const ports = reportPorts();
  const {
    table,
    archive,
    ledger,
    reference,
    enrolments,
    profiles,
    batches,
    hierarchies,
    names: contentNames,
    encoder,
  } = ports;
  batches.add({ courseId: 'do_course', batchId }, names.batchName);
  const children = [...names.titles].map(([identifier, name]) => ({ identifier, name }));
  hierarchies.add('do_course', JSON.stringify({ name: names.collectionName, children }));
  const attempts = new AttemptsOfBatch({ live: table, archive, ledger, reference, tokenOf: hashToken, warn });
  const naming = new ReportNaming(hierarchies, batches, contentNames);
  const learners = new ReportLearners(enrolments, profiles);
  const producer = new ProduceResponseReport(attempts, learners, naming, encoder, new ExhaustSettings());
  return { ...ports, contentNames, warnings, producer };
}

describe('ProduceResponseReport', () => {
  let stage: ReturnType<typeof newStage>;
  let percents: number[];
  let changes: string[];
  let interruption: AbortController;

  beforeEach(() => {
    stage = newStage();
    percents = [];
    changes = [];
    interruption = new AbortController();
  });

  const produce = async (order: Partial<ReportOrder> = {}) => {
    const { details, ...report } = await stage.producer.produce(
      { batchId, format: 'csv', includeUnenrolled: true, ...order },
      { sink: stage.sink, name: 'report' },
      {
        signal: interruption.signal,
        advanced: (percent) => percents.push(percent),
        restarted: (change) => changes.push(change),
      },
    );
    return { ...report, ...details };
  };
  const written = (): Buffer => stage.sink.reports.get('report') ?? Buffer.alloc(0);
  const rowsOfFile = (bytes = written()) => parse(bytes, { record_delimiter: '\n' });
  const rowsOf = (...attempts: StoredAttempt[]) => [
    [...responseColumns],
    ...[...attempts].sort(stage.order).flatMap((attempt) => responseRows(attempt, names, format)),
  ];
  /** What the archiver does to rows: published first, then gone from the table. */
  const move = async (rows: readonly WrittenAttempt[], isoWeek: number): Promise<Manifest> => {
    const manifest = stage.archive.publish(week(isoWeek), rows);
    for (const row of rows) await stage.table.delete(row);
    return manifest;
  };

  it('writes live and archived attempts as one, in row order', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((userId) => aVersion(userId)) as [
      WrittenAttempt,
      WrittenAttempt,
      WrittenAttempt,
      WrittenAttempt,
    ];
    [a, b, c, d].forEach((row) => stage.table.insert(row));
    await move([b], 40);
    await move([d], 41);
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
      bytes: written().length,
      restarts: 0,
      remarks: [],
    });
    expect(percents.at(-1)).toBeLessThanOrEqual(100);
  });

  it('writes the greatest version of an attempt, wherever it lies', async () => {
    stage.table.insert(aVersion('live wins', 2));
    stage.archive.publish(week(40), [aVersion('live wins', 1), aVersion('archive wins', 3), aVersion('both', 1)]);
    stage.archive.publish(week(41), [aVersion('both', 2)]);
    stage.table.insert(aVersion('archive wins', 1));
    stage.table.insert(aVersion('both', 2));
    const report = await produce();
    expect(rowsOfFile()).toEqual(rowsOf(aVersion('live wins', 2), aVersion('archive wins', 3), aVersion('both', 2)));
    expect(report).toMatchObject({ attempts: 3, rowsFromArchive: 4, rowsFromTable: 3 });
  });

  it('does not let a version without answers hide one that has them', async () => {
    stage.archive.publish(week(40), [aVersion('a', 1)]);
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
    stage.archive.publish(week(40), [aVersion('b')]);
    stage.archive.publish(week(40, 'do_other'), [aVersion('b', 0, other)]);
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
    const [, row = ''] = written().toString().split('\n');
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
      stage.archive.publish(week(40), [aVersion('a', iteration)], iteration),
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
    expect(written().toString()).toBe(`${responseColumns.join(',')}\n`);
  });

  it('compresses when asked', async () => {
    stage.table.insert(aVersion('a'));
    const report = await produce({ format: 'csv.gz' });
    expect(rowsOfFile(gunzipSync(written()))).toEqual(rowsOf(aVersion('a')));
    expect(report.bytes).toBe(written().length);
  });

  it('streams many attempts in several chunks', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => aVersion(`learner ${index}`));
    many.forEach((row) => stage.table.insert(row));
    expect(await produce()).toMatchObject({ attempts: 1203, learners: 1203 });
    expect(rowsOfFile()).toEqual(rowsOf(...many));
    expect(percents).toHaveLength(3);
    expect([...percents].sort((left, right) => left - right)).toEqual(percents);
  });

  it('starts again when rows are archived and deleted in the middle of the scan', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((userId) => aVersion(userId)).sort(stage.order);
    rows.forEach((row) => stage.table.insert(row));
    let moved = false;
    stage.table.beforeRow = async (position) => {
      if (position !== 1 || moved) return;
      moved = true;
      await move(rows.slice(2), 40);
    };
    const report = await produce();
    expect(report).toMatchObject({ restarts: 1, attempts: 5, rowsFromTable: 2, rowsFromArchive: 3 });
    expect(rowsOfFile()).toEqual(rowsOf(...rows));
    expect(changes).toEqual(['batch-1_do_course/2023-40-1.manifest.json appeared']);
  });

  it('starts again when an object gives way to a newer one before it is read', async () => {
    const rows = ['a', 'b'].map((userId) => aVersion(userId));
    const old = stage.archive.publish(week(40), rows);
    const manifestsBefore = stage.archive.manifests.bind(stage.archive);
    let replaced = false;
    stage.archive.manifests = async (...asked) => {
      const found = await manifestsBefore(...asked);
      if (!replaced) {
        replaced = true;
        stage.archive.publish(week(40), rows, 2);
        stage.archive.withdraw(old);
      }
      return found;
    };
    expect(await produce()).toMatchObject({ restarts: 1, attempts: 2 });
    expect(changes[0]).toContain('vanished');
    expect(rowsOfFile()).toEqual(rowsOf(...rows));
  });

  it('gives up, and says why, when the archive changes every time', async () => {
    stage.table.insert(aVersion('a'));
    let isoWeek = 1;
    stage.table.beforeRow = async () => {
      isoWeek += 1;
      stage.archive.publish(week(isoWeek), [aVersion(`in ${isoWeek}`)]);
    };
    await expect(produce()).rejects.toMatchObject({
      code: 'EXHAUST.ARCHIVE_MOVED',
      message: expect.stringContaining('appeared') as unknown,
      retryable: true,
      context: { batchId, restarts: 5 },
    });
    expect(stage.sink.reports.size).toBe(0);
  });

  it('equals the model, whatever is archived and deleted meanwhile', async () => {
    const plan = fc.record({
      attempts: fc.uniqueArray(fc.tuple(fc.nat(12), fc.nat(3)), { maxLength: 25, selector: (each) => each.join() }),
      archivedBefore: fc.array(fc.nat(24), { maxLength: 20 }),
      moves: fc.array(fc.record({ position: fc.nat(26), rows: fc.array(fc.nat(24), { maxLength: 8 }) }), {
        maxLength: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ attempts, archivedBefore, moves }) => {
        stage = newStage();
        const all = attempts.map(([user, version]) => aVersion(`learner ${user}`, version));
        const pick = (indexes: number[]) => indexes.flatMap((index) => all[index] ?? []);
        all.forEach((row) => stage.table.insert(row));
        stage.archive.publish(week(1), pick(archivedBefore));
        // A version that was never archived and was overwritten in the table is gone; the table keeps the greatest.
        const waiting = moves.map((each, index) => ({ ...each, isoWeek: index + 2 }));
        stage.table.beforeRow = async (position) => {
          for (const due of waiting.filter((each) => each.position === position)) {
            waiting.splice(waiting.indexOf(due), 1);
            await move(pick(due.rows), due.isoWeek);
          }
        };
        await produce();
        const greatest = new Map<string, WrittenAttempt>();
        for (const row of all) {
          const known = greatest.get(row.userId);
          if (!known || known.writeTimeUs < row.writeTimeUs) greatest.set(row.userId, row);
        }
        expect(rowsOfFile()).toEqual(rowsOf(...greatest.values()));
      }),
      { numRuns: 60 },
    );
  });
});
