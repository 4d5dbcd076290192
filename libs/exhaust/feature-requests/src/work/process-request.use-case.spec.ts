import { AppError } from '@scorekeep/platform/util-errors';
import { RequestsStage } from '../requests-stage.fixture';

const never = new AbortController().signal;
const unavailable = () =>
  Promise.reject(new AppError('CASSANDRA.TIMEOUT', 'no answer of 10.0.0.1', { retryable: true }));
const corrupted = () => Promise.reject(new AppError('ARCHIVE.CORRUPTED', 'archival/a.csv.gz is not what was archived'));
const folder = 'reports/response-exhaust/A1B2';

describe('ProcessRequest', () => {
  let stage: RequestsStage;
  beforeEach(() => (stage = new RequestsStage()));

  it('makes a file per batch, says so, and gives the place back', async () => {
    const request = await stage.submit({ batchIds: ['batch-1', 'batch-2'] });
    await stage.process.execute(request, never);
    const stored = await stage.stored(request);
    expect(stored).toMatchObject({ state: 'SUCCESS', tries: 1, run: 1, progress: { percent: 100, rows: 2 } });
    expect(stored.files.map(({ batchId, bytes }) => [batchId, bytes])).toEqual([
      ['batch-1', 11],
      ['batch-2', 11],
    ]);
    expect(stored.files[0]?.key).toBe(`${folder}/1/batch-1_response_20240301.csv`);
    await expect(stage.textOf(stored.files[0]?.key)).resolves.toBe('header\nrow\n');
    expect(await stage.open.ofChannel('channel-1')).toMatchObject({ open: [] });
    expect(stage.monitor.notes).toEqual(['begun 1', 'SUCCESS']);
  });

  it('encrypts what has a password, and wipes it', async () => {
    const password = stage.vault.seal({ tag: 'do_course_batch-1:channel-1', requestId: 'A1B2' }, 'pass word 1');
    const request = await stage.submit({ password, format: 'csv.gz' });
    await stage.process.execute(request, never);
    const stored = await stage.stored(request);
    expect(stored).toMatchObject({ state: 'SUCCESS', password: null });
    expect(await stage.textOf(stored.files[0]?.key)).toContain('batch-1_response_20240301.csv.gz pass word 1\n');
    expect(stored.files[0]?.key).toMatch(/\.zip$/);
  });

  it('tries again later what may help, says nothing of hosts, and gives up after three tries', async () => {
    stage.reports.steps = [unavailable];
    const request = await stage.submit();
    for (const [tries, waitMs] of [
      [1, 1000],
      [2, 3000],
    ] as const) {
      await stage.process.execute(request, never);
      expect(await stage.stored(request)).toMatchObject({
        state: 'SUBMITTED',
        tries,
        notBeforeMs: stage.nowMs + waitMs,
      });
      await stage.process.execute(request, never);
      expect(stage.reports.orders).toHaveLength(tries);
      stage.nowMs += waitMs;
    }
    await stage.process.execute(request, never);
    expect(await stage.stored(request)).toMatchObject({
      ...{ state: 'FAILED', tries: 3, files: [] },
      statusMessage: 'something it needs did not answer (CASSANDRA.TIMEOUT) (after 3 tries)',
    });
    expect(await stage.keys()).toEqual([]);
    expect(await stage.open.ofChannel('channel-1')).toMatchObject({ open: [] });
  });

  it('succeeds at a later try, in a folder of its own', async () => {
    stage.reports.steps = [unavailable, async () => undefined];
    const request = await stage.submit();
    await stage.process.execute(request, never);
    stage.nowMs += 1000;
    await stage.process.execute(request, never);
    expect(await stage.stored(request)).toMatchObject({ state: 'SUCCESS', tries: 2, statusMessage: null });
    expect(await stage.keys()).toEqual([`${folder}/2/batch-1_response_20240301.csv`]);
  });

  it('fails at once where no try can help, names the object, and leaves no file of other batches', async () => {
    stage.reports.steps = [async () => undefined, corrupted];
    const request = await stage.submit({ batchIds: ['batch-1', 'batch-2'] });
    await stage.process.execute(request, never);
    expect(await stage.stored(request)).toMatchObject({
      ...{ state: 'FAILED', tries: 1 },
      statusMessage: 'archival/a.csv.gz is not what was archived (ARCHIVE.CORRUPTED)',
    });
    expect(await stage.keys()).toEqual([]);
  });

  it('fails when the password cannot be read any more', async () => {
    const password = { box: 'AAAA'.repeat(12), digest: 'd' };
    const request = await stage.submit({ password });
    await stage.process.execute(request, never);
    const words = expect.stringContaining('EXHAUST_KEY_SECRET') as string;
    expect(await stage.stored(request)).toMatchObject({ state: 'FAILED', password: null, statusMessage: words });
  });

  it('gives back what it has begun when it stops, at no cost of a try', async () => {
    const stopping = new AbortController();
    stage.reports.steps = [async () => stopping.abort(new Error('stop'))];
    const request = await stage.submit();
    await stage.process.execute(request, stopping.signal);
    expect(await stage.stored(request)).toMatchObject({ state: 'SUBMITTED', tries: 0, run: 1, owner: null });
    expect(await stage.keys()).toEqual([]);
    await stage.process.execute(request, stopping.signal);
    expect(stage.reports.orders).toHaveLength(1);
  });

  it('marks nothing of a request that somebody took over, and leaves no file', async () => {
    const request = await stage.submit();
    const takenOver = async () => {
      const stored = await stage.stored(request);
      await stage.ledger.save({ ...stored, owner: 'another', version: stored.version + 1 }, stored.version);
    };
    stage.reports.steps = [takenOver];
    await stage.process.execute(request, never);
    expect(await stage.stored(request)).toMatchObject({ state: 'PROCESSING', owner: 'another', files: [] });
    expect(stage.monitor.notes).toEqual(['begun 1', 'lost']);
  });

  it('is one of many that makes a report', async () => {
    const request = await stage.submit();
    await Promise.all(Array.from({ length: 10 }, () => stage.process.execute(request, never)));
    await stage.process.execute(request, never);
    expect(stage.reports.orders).toHaveLength(1);
    expect(await stage.keys()).toHaveLength(1);
  });

  it('does nothing for a request that is not there', async () => {
    await stage.process.execute({ tag: 't:c', requestId: 'A9' }, never);
    expect(stage.monitor.notes).toEqual([]);
  });
});
