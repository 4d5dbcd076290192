import { type Answer, ApiStage, type Call, type ListeningApi } from './api-stage.fixture';

const read = '/v1/content/state/read';
const update = '/v1/content/state/update';
const BODY_MAX_BYTES = 20_000;

let stage: ApiStage;
let api: ListeningApi;
let caller: Record<string, string>;

beforeAll(async () => {
  stage = await ApiStage.open(process.env);
  api = await stage.start({ HTTP_BODY_MAX_BYTES: String(BODY_MAX_BYTES) });
  caller = { 'x-authenticated-user-token': stage.issuer.tokenOf('u') };
});
afterAll(() => stage.close());

const ask = (path: string, { headers, ...call }: Call = {}): Promise<Answer> =>
  api.ask(path, { ...call, headers: { ...caller, ...headers } });

/** Every error: the envelope, the code twice, an empty result, nothing of the inside. */
function expectError({ envelope, text }: Answer, responseCode: string, err: string): string {
  expect(envelope).toEqual({
    id: expect.stringMatching(/^api\./) as string,
    ver: 'v1',
    ts: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d{3}\+0000$/) as string,
    params: {
      resmsgid: null,
      msgid: expect.any(String) as string,
      err,
      status: err,
      errmsg: expect.any(String) as string,
    },
    responseCode,
    result: {},
  });
  expect(text).not.toMatch(/SELECT|INSERT|127\.0\.0\.1|node_modules|\bat [\w.]+ \(|\.ts\b|\.js\b/);
  return envelope.params.errmsg ?? '';
}

describe('a success', () => {
  const body = { request: { courseId: 'do_course', batchId: 'batch-1' } };

  it('comes in the envelope: id, ver, ts, params, responseCode OK, result', async () => {
    const { status, envelope } = await ask(read, { body, headers: { 'x-request-id': 'r-1' } });
    expect(status).toBe(200);
    expect(envelope).toEqual({
      id: 'api.content.state.read',
      ver: 'v1',
      ts: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d{3}\+0000$/) as string,
      params: { resmsgid: null, msgid: 'r-1', err: null, status: 'success', errmsg: null },
      responseCode: 'OK',
      result: { contentList: [] },
    });
  });

  it.each([
    ['the request’s x-request-id', { 'x-request-id': 'r-1' }, { msgid: 'm-1' }, /^r-1$/],
    ['or params.msgid', {}, { msgid: 'm-1' }, /^m-1$/],
    ['else a uuid', {}, undefined, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ])('has as msgid %s', async (_, headers, params, expected) => {
    const { envelope } = await ask(read, { body: { ...body, params }, headers });
    expect(envelope.params.msgid).toMatch(expected);
  });
});

describe('CLIENT_ERROR', () => {
  it('400: errmsg says what is wrong and where, all problems at once', async () => {
    const contents = [{ status: 3, batchId: 'b' }, { contentId: 'c', status: 1, lastAccessTime: 'yesterday' }, 7];
    const answer = await ask(update, { method: 'PATCH', body: { request: { contents, assessments: [{}] } } });
    expect(answer.status).toBe(400);
    const problems = expectError(answer, 'CLIENT_ERROR', 'INVALID_REQUEST').split('; ');
    const paths = problems.map((problem) => problem.split(' ')[0]);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...['request.contents[0].contentId', 'request.contents[0].status', 'request.contents[1].lastAccessTime'],
        ...['assessmentTs', 'courseId', 'contentId', 'batchId', 'attemptId'].map(
          (name) => `request.assessments[0].${name}`,
        ),
      ]),
    );
    for (const problem of problems) expect(problem).toMatch(/ must /);
  });

  it.each([
    ['broken JSON', '{"request":', /^the body is not valid JSON: it ends too early$/],
    ['no JSON', 'userId=1', /^the body is not valid JSON/],
    ['nothing', '', /^the body is empty/],
    ['a list', '[]', /^the body must be a JSON object$/],
    ['a key __proto__', '{"request":{"__proto__":{"admin":true}}}', /^request\.__proto__ is not allowed as a key$/],
    ['a key __proto__, escaped', '{"request":{"\\u005f_proto__":{}}}', /^request\.__proto__ is not allowed as a key$/],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}', /^constructor is not allowed as a key$/],
    [
      'very deep JSON',
      `{"request":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      /^the body is nested deeper than 64 levels/,
    ],
    ['very deep JSON that never ends', '[{"a":'.repeat(2_000), /^the body is nested deeper than 64 levels/],
  ])('400 answers a body that is %s', async (_, body, words) => {
    const answer = await ask(read, { body });
    expect(answer.status).toBe(400);
    expect(expectError(answer, 'CLIENT_ERROR', 'INVALID_REQUEST')).toMatch(words);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    ['GET', read, 'POST'],
    ['PUT', update, 'PATCH'],
    ['DELETE', '/v1/user/content/state', 'PATCH'],
    ['POST', '/health/live', 'GET, HEAD'],
  ])('405 answers %s %s, and says what is allowed', async (method, path, allowed) => {
    const answer = await ask(path, { method });
    expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({ status: 405, allow: allowed });
    expect(expectError(answer, 'CLIENT_ERROR', 'METHOD_NOT_ALLOWED')).toContain(path);
  });

  it('413 answers a body over the limit, with a length and without', async () => {
    const body = JSON.stringify({ request: { padding: 'x'.repeat(BODY_MAX_BYTES) } });
    const answer = await ask(read, { body });
    expect(answer.status).toBe(413);
    expectError(answer, 'CLIENT_ERROR', 'BODY_TOO_LARGE');
    const chunked = await fetch(api.urlOf(read), {
      method: 'POST',
      headers: { ...caller, 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    '415 answers a body of %s',
    async (type) => {
      const answer = await ask(read, { body: '{}', headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
      expectError(answer, 'CLIENT_ERROR', 'UNSUPPORTED_MEDIA_TYPE');
    },
  );
});

describe('other errors', () => {
  it('UNAUTHORIZED answers 401', async () => {
    const answer = await api.ask(read, { body: { request: {} } });
    expect(answer.status).toBe(401);
    expectError(answer, 'UNAUTHORIZED', 'UNAUTHORIZED');
  });

  it('FORBIDDEN answers 403: a sync of somebody else’s enrolment', async () => {
    const request = { userId: 'somebody', courseId: 'do_course', batchId: 'batch-1' };
    const answer = await ask(update, { method: 'PATCH', body: { request } });
    expect(answer.status).toBe(403);
    expectError(answer, 'FORBIDDEN', 'CONTENT_STATE_NOT_YOURS');
  });

  it.each([
    '/',
    '/v1/nothing',
    '/v1/content/state',
    '/private/v1/content/state/read',
    '/%00',
    '/v1/content/state/read/',
  ])('RESOURCE_NOT_FOUND answers 404: %s', async (path) => {
    const answer = await ask(path, { body: {} });
    expect(answer.status).toBe(404);
    expectError(answer, 'RESOURCE_NOT_FOUND', 'NOT_FOUND');
  });

  it('SERVER_ERROR answers 503 when Kafka is away: nothing is stored, the same call may come again', async () => {
    await stage.put('course_batch', { courseid: 'do_course', batchid: 'batch-1', status: 1 });
    const contents = [{ contentId: 'c', status: 1, courseId: 'do_course', batchId: 'batch-1' }];
    api.publisher.failNext(1);
    const answer = await ask(update, { method: 'PATCH', body: { request: { contents } } });
    expect({ status: answer.status, retryAfter: answer.headers.get('retry-after') }).toEqual({
      status: 503,
      retryAfter: '5',
    });
    expectError(answer, 'SERVER_ERROR', 'SERVICE_UNAVAILABLE');
    expect((await ask(update, { method: 'PATCH', body: { request: { contents } } })).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts by route, not by URL', async () => {
    await ask(`${read}?user=secret-1`, { body: { request: { courseId: 'do_course', batchId: 'batch-1' } } });
    await ask('/v1/nothing/secret-2');
    const { text } = await ask('/metrics');
    expect(text).toContain(
      'http_request_duration_seconds_count{route="/v1/content/state/read",method="POST",status="200"}',
    );
    expect(text).toContain('http_request_duration_seconds_count{route="none",method="GET",status="404"}');
    expect(text).not.toContain('secret');
  });
});

describe('an error that a retry does not mend', () => {
  it('SERVER_ERROR answers 500, with no word of the inside: a table is gone', async () => {
    await stage.session.ddl('DROP TABLE user_activity_agg');
    const body = { request: { activityId: 'do_course', activityType: 'Course', userIds: ['u'] } };
    const answer = await ask('/v1/group/activity/agg', { body });
    expect(answer.status).toBe(500);
    expect(expectError(answer, 'SERVER_ERROR', 'INTERNAL_ERROR')).toBe('internal error');
    expect(api.logged.at(-1)).toContain('"level":"error"');
  });
});
