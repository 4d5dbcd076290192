import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer } from '@scorekeep/core/testing-core';
import { FaultyProxy, type HttpFault, TcpProxy } from '@scorekeep/platform/testing-platform';
import { attempt, attempts, weekNames, weekOf } from './archived-attempts.fixture';
import { ArchiverStage, lastLine } from './archiver-stage.fixture';

jest.setTimeout(300_000);

const [, troubled = ''] = weekNames;

const said = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
const faults = {
  refused: { status: 403, body: said('AccessDenied') },
  unavailable: { status: 503, body: said('SlowDown') },
  cut: 'cut',
  damagedUpload: 'damaged-upload',
  damagedDownload: 'damaged-download',
  truncatedDownload: 'truncated-download',
} as const satisfies Record<string, HttpFault>;
type FaultName = keyof typeof faults;

/** What every row of the failure matrix ends in. */
async function expectEverythingOnce(stage: ArchiverStage, rows: readonly WrittenAttempt[]): Promise<void> {
  const sorted = (list: readonly WrittenAttempt[]): WrittenAttempt[] => [...list].sort(stage.order);
  const [{ batchId }] = rows as [WrittenAttempt];
  expect(await stage.run(['run', '--period', 'all', '--batch', batchId])).toMatchObject({ code: 0 });
  const states = await stage.status('--batch', batchId);
  expect(states.map(({ archival, deletion }) => `${archival} ${deletion}`)).toEqual(
    weekNames.map(() => 'SUCCESS SUCCESS'),
  );
  expect(sorted(await stage.archived(batchId))).toEqual(sorted(rows));
  expect(await stage.live(batchId)).toEqual([]);
}

describe('archiver, with a store in trouble', () => {
  let stage: ArchiverStage;
  let store: FaultyProxy;
  let given: Readonly<Record<string, string>>;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'unified', 's3');
    store = new FaultyProxy(process.env['S3_ENDPOINT'] ?? '');
    given = { S3_ENDPOINT: `http://${await store.open()}` };
  });
  afterEach(() => store.behave());
  afterAll(async () => {
    await store.close();
    await stage.close();
  });

  const failing = (fault: FaultName, methods: readonly string[]) => (method: string, path: string) =>
    methods.includes(method) && path.includes(`/${troubled}-`) && path.includes('.csv.gz') ? faults[fault] : undefined;

  it.each<{ fault: FaultName; reason: RegExp }>([
    { fault: 'refused', reason: /refused the request .*AccessDenied/ },
    { fault: 'unavailable', reason: /SlowDown/ },
    { fault: 'cut', reason: /socket hang up|ECONNRESET|EPIPE/ },
    { fault: 'damagedUpload', reason: /the store received other bytes|is damaged/ },
  ])('whose uploads are $fault: the week fails and says why, the others go on, exit 1', async ({ fault, reason }) => {
    const rows = attempts(fault, 9);
    await stage.insert(rows);
    store.fault = failing(fault, ['PUT', 'POST']);
    const { code, stdout, stderr } = await stage.run(['archive', '--period', 'all', '--batch', fault, '--json'], given);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('1 week could not') as unknown });
    expect(lastLine(stdout)).toMatchObject({ totals: { archived: 2, failed: 1 } });
    const status = await stage.status('--batch', fault);
    expect(status.map(({ archival }) => archival)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
    expect(status[1]?.error).toMatch(reason);
    store.behave();
    await expectEverythingOnce(stage, rows);
  });

  it.each<FaultName>(['damagedDownload', 'truncatedDownload', 'refused', 'unavailable'])(
    'whose downloads are %s: nothing of the week is deleted, the others are, exit 1',
    async (fault) => {
      const rows = attempts(`read-${fault}`, 9);
      await stage.insert(rows);
      const named = ['--batch', `read-${fault}`, '--json'];
      expect(await stage.run(['archive', '--period', 'all', ...named], given)).toMatchObject({ code: 0 });
      store.fault = failing(fault, ['GET']);
      const { code, stdout } = await stage.run(['delete', ...named], given);
      expect(code).toBe(1);
      expect(lastLine(stdout)).toMatchObject({ totals: { deleted: 2, failed: 1, deletedRows: 6 } });
      const left = rows.filter((row) => weekOf(row) === troubled);
      expect(await stage.live(`read-${fault}`)).toEqual([...left].sort(stage.order));
      store.behave();
      await expectEverythingOnce(stage, rows);
    },
  );
});

describe('archiver, on a disk that takes no more', () => {
  let stage: ArchiverStage;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'unified', 'local');
  });
  afterAll(() => stage.close());

  it('marks the week that does not fit FAILED with a reason, goes on with the next, exit 1', async () => {
    const [first, ...others] = attempts('full', 6) as [WrittenAttempt, ...WrittenAttempt[]];
    const noise = Array.from({ length: 20_000 }, (_, index) =>
      (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36),
    );
    const rows = [first, attempt('full', 7, { answers: [anAnswer({ title: noise.join('') })] }), ...others];
    await stage.insert(rows);
    const request = ['archive', '--period', 'all', '--batch', 'full', '--json'];
    const { code, stdout } = await stage.runWithSmallFiles(request, 40);
    expect(code).toBe(1);
    expect(lastLine(stdout)).toMatchObject({ totals: { archived: 2, failed: 1 } });
    const status = await stage.status('--batch', 'full');
    expect(status.map(({ archival }) => archival)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
    expect(status[1]?.error).toMatch(/STORAGE_LOCAL_ROOT.*EFBIG/);
    await expectEverythingOnce(stage, rows);
  });
});

describe('archiver, while Cassandra goes away', () => {
  let stage: ArchiverStage;
  let proxy: TcpProxy;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'split', 's3');
    proxy = await TcpProxy.reserve(process.env['CASSANDRA_CONTACT_POINTS'] ?? '');
  });
  afterEach(() => proxy.close());
  afterAll(() => stage.close());

  it.each([
    { command: 'archive', until: async () => (await stage.keys('away-archive_')).length > 0 },
    { command: 'run', until: async () => (await stage.live('away-run')).length < 60 },
  ])('in the middle of $command: exit 1 with its address and setting, and the next run ends it', async (given) => {
    const batchId = `away-${given.command}`;
    const rows = attempts(batchId, 60);
    await stage.insert(rows);
    await proxy.open();
    const request = [given.command, '--period', 'all', '--batch', batchId];
    const { code, stderr } = await stage.run(
      request,
      { CASSANDRA_CONTACT_POINTS: proxy.address, ARCHIVE_LEASE: '3s' },
      () => {
        void (async () => {
          while (!(await given.until())) await new Promise((resolve) => setTimeout(resolve, 5));
          await proxy.close();
        })();
      },
    );
    expect(code).toBe(1);
    expect(stderr).toContain(proxy.address);
    expect(stderr).toContain('CASSANDRA_CONTACT_POINTS');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await expectEverythingOnce(stage, rows);
  });
});
