import { DemandCaller, DemandStage, official } from './demand-stage.fixture';

jest.setTimeout(180_000);

const courseId = 'do_course';
const wanted = { tag: `${courseId}_batch-1`, dataset: 'response-exhaust', datasetConfig: { batchId: 'batch-1' } };
let stage: DemandStage;
let base: string;

beforeAll(async () => {
  stage = await DemandStage.open(process.env, 'split', 'local');
  await stage.reports.put('course_batch', { courseid: courseId, batchid: 'batch-1', name: 'Autumn' });
  base = await stage.url(stage.start('serve', { EXHAUST_KEY_SECRET: undefined }));
});
afterAll(() => stage.close());

describe('what cannot be done', () => {
  const many = Array.from({ length: 101 }, (_, index) => `batch-${index}`);

  it.each([
    {
      given: { datasetConfig: { batchId: 'batch-9' }, tag: `${courseId}_batch-9` },
      at: 'request.datasetConfig.batchId',
    },
    { given: { datasetConfig: { batchFilter: ['batch-1', 'x'] } }, at: 'request.datasetConfig.batchFilter[1]' },
    { given: { dataset: 'summary-exhaust' }, at: 'request.dataset' },
    { given: { output_format: 'xlsx' }, at: 'request.output_format' },
    { given: { datasetConfig: { batchFilter: [] } }, at: 'request.datasetConfig.batchFilter' },
    { given: { datasetConfig: { batchFilter: many } }, at: 'request.datasetConfig.batchFilter' },
    { given: { datasetConfig: {} }, at: 'request.datasetConfig' },
    { given: { datasetConfig: { batchId: 'batch-1', batchFilter: ['batch-1'] } }, at: 'request.datasetConfig' },
    { given: { datasetConfig: undefined }, at: 'request.datasetConfig' },
    { given: { datasetConfig: { batchId: '../up' } }, at: 'request.datasetConfig.batchId' },
    { given: { encryptionKey: 'short' }, at: 'request.encryptionKey' },
    { given: { encryptionKey: 'aB3$'.repeat(50) }, at: 'request.encryptionKey' },
    { given: { encryptionKey: 'correct horse battery' }, at: 'request.encryptionKey', err: 'EXHAUST_ENCRYPTION_OFF' },
    { given: { tag: 'no-batch' }, at: 'request.tag' },
    { given: { tag: `${courseId}_batch-1:channel-2` }, at: 'request.tag' },
    { given: { tag: `${courseId}_batch-2` }, at: 'request.tag' },
    { given: { tag: 7 }, at: 'request.tag' },
    { given: { requestedBy: 'two words' }, at: 'request.requestedBy' },
  ])('is refused in the envelope, at its path: $given', async ({ given, at, err = 'INVALID_REQUEST' }) => {
    const { status, id, params, responseCode, result, text } = await new DemandCaller(base).submit({
      ...wanted,
      ...given,
    });
    expect({ status, id, responseCode, result }).toEqual({
      ...{ status: 400, id: 'api.dataset.request.submit', responseCode: 'CLIENT_ERROR', result: {} },
    });
    expect(params).toMatchObject({ err, errmsg: expect.stringContaining(at) as string });
    const { encryptionKey } = given as { encryptionKey?: string };
    if (encryptionKey !== undefined) expect(text).not.toContain(encryptionKey);
  });

  it.each([
    { path: `/dataset/v1/request/read/${wanted.tag}`, status: 400, words: 'requestId' },
    { path: `/dataset/v1/request/read/${wanted.tag}?requestId=A1`, status: 404, words: 'A1' },
    { path: `/dataset/v1/request/list/${wanted.tag}?limit=0&cursor=x`, status: 400, words: 'limit' },
    { path: `/dataset/v1/request/list/${wanted.tag}`, status: 404, words: 'no requests' },
    { path: '/dataset/v1/download/nothing', status: 404, words: 'no such link' },
  ])('$path gives $status', async ({ path, status, words }) => {
    const answer = await new DemandCaller(base).ask(path);
    expect(answer).toMatchObject({ status, params: { errmsg: expect.stringContaining(words) as string } });
  });

  it('wants a user and a channel', async () => {
    const { 'x-channel-id': channel, 'x-authenticated-userid': user } = official;
    expect(await new DemandCaller(base, { 'x-authenticated-userid': user }).submit(wanted)).toMatchObject({
      ...{ status: 400, params: { errmsg: expect.stringContaining('x-channel-id') as string } },
    });
    expect((await new DemandCaller(base, { 'x-channel-id': channel }).submit(wanted)).status).toBe(401);
  });
});

describe('with tokens', () => {
  it('believes no headers, and knows nobody without an organisation', async () => {
    const url = await stage.url(stage.start('serve', { AUTH_MODE: 'token' }));
    expect((await new DemandCaller(url).submit(wanted)).status).toBe(401);
    const token = { 'x-authenticated-user-token': stage.issuer.tokenOf(`${stage.prefix}-official`) };
    for (const headers of [token, { ...token, 'x-authenticated-userid': 'official-1' }]) {
      expect(await new DemandCaller(url, headers).submit(wanted)).toMatchObject({
        ...{ status: 403, responseCode: 'FORBIDDEN', params: { err: 'EXHAUST_NOT_YOURS' } },
      });
    }
  });
});

describe('for operators', () => {
  it('has health, metrics and a document', async () => {
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    while ((await fetch(`${base}/health/ready`)).status !== 200);
    const metrics = await (await fetch(`${base}/metrics`)).text();
    for (const name of [
      'exhaust_submissions_total',
      'exhaust_runs_total',
      'exhaust_running 0',
      'rate_limit_shared 0',
    ]) {
      expect(metrics).toContain(name);
    }
    expect((await fetch(`${base}/docs`)).status).toBe(200);
  });

  it('has health and metrics of a worker, and none of its routes', async () => {
    const url = await stage.url(stage.start('worker'));
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    expect((await new DemandCaller(url).submit(wanted)).status).toBe(404);
  });

  it('names all bad settings at once and exits with 78', async () => {
    const bad = {
      EXHAUST_KEY_SECRET: 'short',
      EXHAUST_URL_TTL: 'soon',
      EXHAUST_OPEN_REQUESTS_MAX: '0',
      EXHAUST_PREFIX: '/',
    };
    const service = stage.start('serve', bad);
    expect(await service.ended).toBe(78);
    for (const name of Object.keys(bad)) expect(service.output).toContain(`${name} must`);
    expect(service.output).not.toContain('short');
  });
});
