import { createLogger } from '@scorekeep/platform/util-logging';
import { createHttpApp, type HttpApp, ReadinessCheck } from './index';
import { type Envelope } from './envelope';
import { SampleAuthenticator, sampleModule } from './fixtures/sample.module';

class ReportedCheck extends ReadinessCheck {
  isUp = true;

  constructor(readonly name: string) {
    super();
  }

  async check(): Promise<void> {
    if (!this.isUp) throw new Error('no host available on host-1');
  }
}

const logged: string[] = [];
const logger = createLogger({ name: 'tested', level: 'debug', destination: { write: (line) => logged.push(line) } });
const cassandra = new ReportedCheck('cassandra');
let app: HttpApp;

const create = () =>
  createHttpApp(sampleModule(undefined, [cassandra, new ReportedCheck('kafka')]), {
    logger,
    statusByCode: { 'BATCH.NOT_FOUND': 404 },
    limits: { maxBodyBytes: 2_000 },
    authenticator: new SampleAuthenticator(),
  });

beforeAll(async () => {
  app = await create();
});
afterAll(() => app.close());
beforeEach(() => {
  logged.length = 0;
});

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Record<string, string>;
  readonly payload?: string | object;
}

async function call(url: string, { method = 'GET', ...rest }: Call = {}) {
  const { statusCode, headers, body } = await app.nest.inject({ url, method, ...rest });
  return { statusCode, headers, body, json: () => JSON.parse(body) as Envelope };
}

const post = (payload: string | object, headers: Record<string, string> = {}) =>
  call('/v1/echo', { method: 'POST', payload, headers: { 'content-type': 'application/json', ...headers } });

describe('a result', () => {
  it('comes in the success envelope', async () => {
    const { statusCode, json } = await post({ request: { userId: 'u1', extra: [1] } }, { 'x-request-id': 'r-1' });
    expect(statusCode).toBe(200);
    expect(json()).toEqual({
      id: 'api.echo',
      ver: 'v1',
      ts: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d{3}\+0000$/) as string,
      params: { resmsgid: null, msgid: 'r-1', err: null, status: 'success', errmsg: null },
      responseCode: 'OK',
      result: { echoed: { userId: 'u1', extra: [1] }, isInstance: true },
    });
  });

  it.each([
    ['params.msgid of the body', { params: { msgid: 'm-1' }, request: { userId: 'u' } }, {}, /^m-1$/],
    ['the header first', { params: { msgid: 'm-1' }, request: { userId: 'u' } }, { 'x-request-id': 'r' }, /^r$/],
    ['a uuid without either', { request: { userId: 'u' } }, {}, /^[0-9a-f-]{36}$/],
    [
      'a uuid for one that is no text',
      { params: { msgid: { a: 1 } }, request: { userId: 'u' } },
      {},
      /^[0-9a-f-]{36}$/,
    ],
    [
      'a uuid for one that is too long',
      { request: { userId: 'u' } },
      { 'x-request-id': 'x'.repeat(129) },
      /^[0-9a-f-]{36}$/,
    ],
  ])('carries as message id %s', async (_, body, headers, expected) => {
    expect((await post(body, headers)).json().params.msgid).toMatch(expected);
  });

  it('comes plainly from a handler without an API id', async () => {
    expect((await call('/v1/plain')).body).toBe('{"plain":true}');
  });
});

describe('an error', () => {
  const echo = { id: 'api.echo', ver: 'v1', result: {} };

  it('names all problems of a body with their paths', async () => {
    const { statusCode, json } = await post({ request: { contents: [{ status: 3 }, { contentId: 'c', status: 1 }] } });
    expect(statusCode).toBe(400);
    expect(json()).toMatchObject({
      ...echo,
      responseCode: 'CLIENT_ERROR',
      params: {
        err: 'INVALID_REQUEST',
        status: 'INVALID_REQUEST',
        errmsg: [
          'request.userId must be a string',
          'request.contents[0].contentId must be a string',
          'request.contents[0].status must be one of the following values: 0, 1, 2',
        ].join('; '),
      },
    });
  });

  it('is not as long as the body is wrong', async () => {
    const { json } = await post({ request: { userId: 'u', contents: Array.from({ length: 60 }, () => ({})) } });
    expect(json().params.errmsg).toMatch(/request\.contents\[49\]\.status [^[]*; and 20 more$/);
  });

  it.each([
    ['[]', 'the body must be a JSON object'],
    ['"text"', 'the body must be a JSON object'],
    ['null', 'the body must be a JSON object'],
    ['{"request":[]}', 'request must be an object'],
    ['{"request":null}', 'request must be an object'],
    ['{}', 'request must be an object'],
    ['{"request":', 'JSON'],
    ['', 'empty'],
    ['{"request":{"userId":"u",}}', 'not valid JSON at character 26'],
    ['{"__proto__":{"a":1},"request":{"userId":"u"}}', '__proto__ is not allowed as a key'],
    ['{"request":{"userId":"u","__proto__":{"a":1}}}', 'request.__proto__ is not allowed as a key'],
    ['{"request":{"userId":"u","contents":[{},{"\\u005f_proto__":1}]}}', 'request.contents[1].__proto__ is not'],
    ['{"request":{"userId":"u","constructor":{"prototype":{"a":1}}}}', 'request.constructor is not allowed as a key'],
    [`{"request":${'['.repeat(500)}${']'.repeat(500)}}`, 'nested deeper than 64 levels at character 75'],
    [`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`, 'nested deeper than 64 levels'],
  ])('400 answers the body %s', async (payload, words) => {
    const { statusCode, json } = await post(payload);
    expect(statusCode).toBe(400);
    expect(json()).toMatchObject({ ...echo, responseCode: 'CLIENT_ERROR', params: { err: 'INVALID_REQUEST' } });
    expect(json().params.errmsg).toContain(words);
  });

  it.each([
    ['text/plain', 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/x-www-form-urlencoded', 'UNSUPPORTED_MEDIA_TYPE'],
  ])('415 answers a body of %s', async (type, err) => {
    const { statusCode, json } = await post('a=1', { 'content-type': type });
    expect(statusCode).toBe(415);
    expect(json()).toMatchObject({ ...echo, responseCode: 'CLIENT_ERROR', params: { err, status: err } });
  });

  it('413 answers a body over the limit', async () => {
    const { statusCode, json } = await post({ request: { userId: 'u'.repeat(2_000) } });
    expect(statusCode).toBe(413);
    expect(json()).toMatchObject({ ...echo, responseCode: 'CLIENT_ERROR', params: { err: 'BODY_TOO_LARGE' } });
  });

  it('404 answers a path that is not there', async () => {
    const { statusCode, json } = await call('/v1/nothing?secret=1');
    expect(statusCode).toBe(404);
    expect(json()).toMatchObject({
      id: 'api.unknown',
      responseCode: 'RESOURCE_NOT_FOUND',
      params: { err: 'NOT_FOUND', errmsg: 'no such path: /v1/nothing' },
    });
  });

  it('400 answers a path that cannot be decoded', async () => {
    const { statusCode, json } = await call('/v1/%ff');
    expect(statusCode).toBe(400);
    expect(json()).toMatchObject({ responseCode: 'CLIENT_ERROR', params: { err: 'INVALID_REQUEST' } });
  });

  it('405 answers a method that the path does not take, and says which it takes', async () => {
    const { statusCode, headers, json } = await call('/v1/echo', { method: 'PUT' });
    expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow: 'POST' });
    expect(json()).toMatchObject({
      responseCode: 'CLIENT_ERROR',
      params: { err: 'METHOD_NOT_ALLOWED', errmsg: 'PUT is not allowed for /v1/echo, but POST' },
    });
  });

  it.each([
    {
      how: 'known',
      status: 404,
      responseCode: 'RESOURCE_NOT_FOUND',
      err: 'BATCH_NOT_FOUND',
      errmsg: 'no such batch: b1',
    },
    { how: 'forbidden', status: 403, responseCode: 'FORBIDDEN', err: 'FORBIDDEN', errmsg: 'not yours' },
    { how: 'unknown', status: 500, responseCode: 'SERVER_ERROR', err: 'INTERNAL_ERROR', errmsg: 'internal error' },
    { how: 'defect', status: 500, responseCode: 'SERVER_ERROR', err: 'INTERNAL_ERROR', errmsg: 'internal error' },
    { how: 'text', status: 500, responseCode: 'SERVER_ERROR', err: 'INTERNAL_ERROR', errmsg: 'internal error' },
    {
      how: 'outage',
      status: 503,
      responseCode: 'SERVER_ERROR',
      err: 'SERVICE_UNAVAILABLE',
      errmsg: 'temporarily unavailable, try again later',
    },
  ])('thrown as $how is $status, and says nothing of the inside', async ({ how, status, responseCode, ...params }) => {
    const { statusCode, body, json } = await call(`/v1/fail/${how}`);
    expect(statusCode).toBe(status);
    expect(json()).toMatchObject({ id: 'api.fail', responseCode, params: { ...params, status: params.err } });
    expect(body).not.toMatch(/host-1|SELECT|\bat /);
  });

  it.each([
    ['known', 'debug'],
    ['defect', 'error'],
    ['outage', 'warn'],
  ])('thrown as %s is logged at %s, with the message id', async (how, level) => {
    const fresh = await create();
    await fresh.nest.inject({ url: `/v1/fail/${how}`, headers: { 'x-request-id': 'r-9' } });
    await fresh.close();
    expect(logged.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ level, messageId: 'r-9', api: 'api.fail' }),
    );
  });
});

describe('health', () => {
  afterEach(() => {
    cassandra.isUp = true;
  });

  it('is live, and ready while all servers answer', async () => {
    expect((await call('/health/live')).body).toBe('{"status":"live"}');
    expect(await call('/health/ready')).toMatchObject({
      statusCode: 200,
      body: '{"status":"ready","checks":{"cassandra":"up","kafka":"up"}}',
    });
  });

  it('names what is down, without saying where', async () => {
    cassandra.isUp = false;
    expect(await call('/health/ready')).toMatchObject({
      statusCode: 503,
      body: '{"status":"down","checks":{"cassandra":"down","kafka":"up"}}',
    });
    expect((await call('/health/live')).statusCode).toBe(200);
  });

  it('serves metrics, the durations of requests among them', async () => {
    await call('/v1/plain');
    await call('/v1/nothing');
    const { headers, body } = await call('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('http_request_duration_seconds_count{route="/v1/plain",method="GET",status="200"}');
    expect(body).toContain('http_request_duration_seconds_count{route="none",method="GET",status="404"}');
  });
});

describe('private routes', () => {
  it.each(['/private/v1/echo', '/%70rivate/v1/echo', '//private/v1/echo', '/private/v1/echo/'])(
    'are not found on the public port: %s',
    async (url) => {
      const asked = await call(url, { method: 'POST', payload: { request: { userId: 'u' } } });
      expect(asked.statusCode).toBe(404);
      expect((await call(url)).statusCode).toBe(404);
    },
  );
});
