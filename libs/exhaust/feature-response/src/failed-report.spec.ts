import { type ArchivalRecord, type ArchivalState, type Manifest } from '@scorekeep/core/domain-archive';
import { ReportLearners, ReportNaming } from '@scorekeep/core/domain-exhaust';
import { aVersion, hashToken, reportPorts } from '@scorekeep/core/testing-core';
import { AppError } from '@scorekeep/platform/util-errors';
import { recordOf, weekOf } from './archival-record.fixture';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings } from './exhaust.settings';
import { ProduceResponseReport } from './produce-response-report.use-case';

const batchId = 'batch-1';
const warn = (): void => undefined;

describe('a report that fails', () => {
  const previous = 'what was there before';
  let ports: ReturnType<typeof reportPorts>;
  let interruption: AbortController;

  beforeEach(() => {
    ports = reportPorts();
    ports.sink.reports.set('report', Buffer.from(previous));
    interruption = new AbortController();
  });

  const produce = () => {
    const { table, archive, ledger, reference, enrolments, profiles, batches, hierarchies, names, encoder, sink } =
      ports;
    const attempts = new AttemptsOfBatch({ live: table, archive, ledger, reference, tokenOf: hashToken, warn });
    const naming = new ReportNaming(hierarchies, batches, names);
    const learners = new ReportLearners(enrolments, profiles);
    const producer = new ProduceResponseReport(attempts, learners, naming, encoder, new ExhaustSettings());
    return producer.produce(
      { batchId, format: 'csv', includeUnenrolled: true },
      { sink, name: 'report' },
      { signal: interruption.signal, advanced: () => undefined, restarted: () => undefined },
    );
  };
  const expectUntouched = () => {
    expect([...ports.sink.reports]).toEqual([['report', Buffer.from(previous)]]);
  };
  const fails = (error: AppError) => Promise.reject<never>(error);

  it('names the object that is altered', async () => {
    ports.table.insert(aVersion('live'));
    ports.archive.spoil(ports.archive.publish(weekOf(40), [aVersion('archived')]));
    await expect(produce()).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: expect.stringContaining('batch-1_do_course/2023-40-1.csv.gz') as unknown,
    });
    expectUntouched();
  });

  it('names the object that is missing', async () => {
    const manifest = ports.archive.publish(weekOf(40), [aVersion('archived')]);
    ports.archive.withdraw(manifest);
    ports.archive.manifests = async (): Promise<Manifest[]> => [manifest];
    await expect(produce()).rejects.toMatchObject({
      code: 'ARCHIVE.MISSING_OBJECT',
      message: expect.stringContaining('2023-40-1.csv.gz') as unknown,
    });
    expectUntouched();
  });

  it("names the reference's file that cannot be read to its end", async () => {
    ports.table.insert(aVersion('live'));
    ports.reference.add(
      'batch-1_do_course/2021-5-1.csv.gz',
      new AppError('ARCHIVE.CORRUPTED', '2021-5-1.csv.gz is cut off'),
    );
    await expect(produce()).rejects.toMatchObject({ code: 'ARCHIVE.CORRUPTED' });
    expectUntouched();
  });

  it('does not take an archive that cannot be listed for an empty one', async () => {
    ports.archive.manifests = () => fails(new AppError('STORAGE.UNAVAILABLE', 'the store does not answer'));
    await expect(produce()).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    expectUntouched();
  });

  it('does not publish what could not be confirmed', async () => {
    ports.table.insert(aVersion('live'));
    ports.table.beforeRow = async () => {
      ports.archive.manifests = () => fails(new AppError('STORAGE.UNAVAILABLE', 'the store went away'));
    };
    await expect(produce()).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    expectUntouched();
  });

  it('does not take a table that cannot be read to its end for a short one', async () => {
    ports.table.insert(aVersion('a'));
    ports.table.insert(aVersion('b'));
    ports.table.beforeRow = (position) =>
      position < 1 ? Promise.resolve() : fails(new AppError('CASSANDRA.TIMEOUT', 'no answer in time'));
    await expect(produce()).rejects.toMatchObject({ code: 'CASSANDRA.TIMEOUT' });
    expectUntouched();
  });

  it.each<{ archival: ArchivalState; rows: number; iteration: number; why: string }>([
    { archival: 'SUCCESS', rows: 3, iteration: 1, why: 'recorded as archived' },
    { archival: 'SUCCESS', rows: 0, iteration: 1, why: 'recorded as archived, whatever it held' },
    { archival: 'PENDING', rows: 3, iteration: 1, why: 'to be archived again' },
    { archival: 'FAILED', rows: 3, iteration: 2, why: 'whose second archival failed' },
  ])('misses the manifest of a week $why', async ({ why: _why, ...given }) => {
    await ports.ledger.save(recordOf(40, given), 0);
    await expect(produce()).rejects.toMatchObject({
      code: 'ARCHIVE.MISSING_MANIFEST',
      message: expect.stringMatching(/2023-40.*batch-1/) as unknown,
      context: { batchId, collectionId: 'do_course', week: '2023-40' },
    });
    expectUntouched();
  });

  it('misses one manifest of several of a week', async () => {
    ports.archive.publish(weekOf(40), [aVersion('late')], 2);
    await ports.ledger.save(recordOf(40, { iteration: 2, rows: 5 }), 0);
    await expect(produce()).rejects.toMatchObject({ code: 'ARCHIVE.MISSING_MANIFEST' });
  });

  it('misses a manifest that was lost while it read', async () => {
    const manifest = ports.archive.publish(weekOf(40), [aVersion('archived')]);
    await ports.ledger.save(recordOf(40, { rows: 1 }), 0);
    ports.table.insert(aVersion('live'));
    ports.table.beforeRow = async () => ports.archive.withdraw(manifest);
    await expect(produce()).rejects.toMatchObject({ code: 'ARCHIVE.MISSING_MANIFEST' });
    expectUntouched();
  });

  it.each<{ given: Partial<ArchivalRecord>; why: string }>([
    { given: { archival: 'RESTORED', rows: 3 }, why: 'that is back in the table' },
    { given: { archival: 'RUNNING', iteration: 1 }, why: 'that is being archived for the first time' },
    { given: { archival: 'SUCCESS', iteration: 0 }, why: 'that had no rows' },
    { given: { rows: 3, collectionId: 'do_other' }, why: 'of a collection that is not asked for' },
    { given: { rows: 3, batchId: 'another' }, why: 'of another batch' },
  ])('misses nothing of a week $why', async ({ given }) => {
    await ports.ledger.save(recordOf(40, given), 0);
    const { table, archive, ledger, reference } = ports;
    const attempts = new AttemptsOfBatch({ live: table, archive, ledger, reference, tokenOf: hashToken, warn });
    expect(await attempts.snapshot({ batchId, collectionId: 'do_course' })).toEqual({
      manifests: [],
      referenceFiles: [],
    });
  });

  it('stops when it is interrupted', async () => {
    const reason = new AppError('CLI.INTERRUPTED', 'interrupted by SIGINT');
    for (let index = 0; index < 600; index += 1) ports.table.insert(aVersion(`learner ${index}`));
    ports.table.beforeRow = async (position) => {
      if (position === 550) interruption.abort(reason);
    };
    await expect(produce()).rejects.toBe(reason);
    expectUntouched();
  });

  it('does not begin when it was interrupted before', async () => {
    interruption.abort(new AppError('CLI.INTERRUPTED', 'interrupted by SIGINT'));
    await expect(produce()).rejects.toMatchObject({ code: 'CLI.INTERRUPTED' });
    expectUntouched();
  });
});
