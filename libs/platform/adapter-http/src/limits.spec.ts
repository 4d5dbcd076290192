import { connect } from 'node:net';
import { type RateLimit } from '@scorekeep/platform/util-http';
import { createLogger } from '@scorekeep/platform/util-logging';
import { type Envelope } from './envelope';
import { Gate, SampleAuthenticator, sampleModule } from './fixtures/sample.module';
import { createHttpApp, type HttpApp, type HttpAppOptions, Readiness } from './index';

const logged: string[] = [];
const logger = createLogger({ name: 'tested', level: 'warn', destination: { write: (line) => logged.push(line) } });
const apps: HttpApp[] = [];

async function start(options: Partial<HttpAppOptions> = {}, gate = new Gate()) {
  const app = await createHttpApp(sampleModule(gate), { logger, authenticator: new SampleAuthenticator(), ...options });
  apps.push(app);
  const call = async (url: string, headers: Record<string, string> = {}) => {
    const { statusCode, headers: answered, body } = await app.nest.inject({ url, headers });
    return {
      statusCode,
      retryAfter: answered['retry-after'],
      envelope: body[0] === '{' ? (JSON.parse(body) as Envelope) : body,
    };
  };
  return { app, gate, call };
}

beforeEach(() => {
  logged.length = 0;
});
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

describe('a saturated app', () => {
  const limits = { maxConcurrent: 1, maxWaiting: 0 };

  it('refuses with 503 and Retry-After what it cannot work on, and goes on when it can', async () => {
    const { gate, call } = await start({ limits });
    const slow = call('/v1/slow');
    await gate.entered;
    const refused = await call('/v1/plain');
    expect(refused).toMatchObject({
      statusCode: 503,
      retryAfter: expect.stringMatching(/^[1-5]$/) as string,
      envelope: {
        params: { err: 'SERVICE_UNAVAILABLE', status: 'SERVICE_UNAVAILABLE' },
        responseCode: 'SERVER_ERROR',
        result: {},
      },
    });
    gate.release();
    expect((await slow).statusCode).toBe(200);
    expect((await call('/v1/plain')).statusCode).toBe(200);
  });

  it('answers open routes all the same, and counts what it refused', async () => {
    const { gate, call } = await start({ limits });
    const slow = call('/v1/slow');
    await gate.entered;
    await call('/v1/plain');
    await call('/v1/plain');
    expect((await call('/health/live')).statusCode).toBe(200);
    const { envelope: metrics } = await call('/metrics');
    expect(metrics).toContain('http_requests_refused_total{reason="saturated"} 2');
    expect(metrics).toContain('http_requests_working 1');
    expect(metrics).toContain('http_requests_waiting 0');
    gate.release();
    await slow;
  });

  it('says so once, not once per request', async () => {
    const { gate, call } = await start({ limits });
    const slow = call('/v1/slow');
    await gate.entered;
    for (let request = 0; request < 5; request += 1) await call('/v1/plain');
    expect(logged).toHaveLength(1);
    gate.release();
    await slow;
  });

  it('lets a request wait for its turn, but not for ever', async () => {
    const { gate, call } = await start({ limits: { maxConcurrent: 1, maxWaiting: 1, maxWaitMs: 20 } });
    const slow = call('/v1/slow');
    await gate.entered;
    expect((await call('/v1/plain')).statusCode).toBe(503);
    const patient = call('/v1/plain');
    gate.release();
    expect((await patient).statusCode).toBe(200);
    await slow;
  });
});

describe('a request that takes too long', () => {
  it('is answered with 503, and keeps its place until its work has ended', async () => {
    const limits = { maxConcurrent: 1, maxWaiting: 0, requestTimeoutMs: 20 };
    const { app, gate, call } = await start({ limits });
    expect(await call('/v1/slow')).toMatchObject({
      statusCode: 503,
      retryAfter: '5',
      envelope: { responseCode: 'SERVER_ERROR', params: { errmsg: 'temporarily unavailable, try again later' } },
    });
    expect((await call('/v1/plain')).statusCode).toBe(503);
    gate.release();
    const isWorking = async () => !(await app.nest.inject('/metrics')).body.includes('http_requests_working 0');
    while (await isWorking());
    expect((await call('/v1/plain')).statusCode).toBe(200);
  });
});

describe('a user who calls too often', () => {
  const rateLimit: RateLimit = { take: async (userId) => (userId === 'eager' ? 1_500 : undefined) };

  it('is told with 429 when to come back, and nobody else is', async () => {
    const { call } = await start({ rateLimit });
    expect(await call('/v1/plain', { 'x-user': 'eager' })).toMatchObject({
      statusCode: 429,
      retryAfter: '2',
      envelope: {
        params: { err: 'TOO_MANY_REQUESTS', errmsg: 'too many requests of this user, try again in 2 s' },
        responseCode: 'TOO_MANY_REQUESTS',
      },
    });
    expect((await call('/v1/plain')).statusCode).toBe(200);
    expect((await call('/v1/open', { 'x-user': 'eager' })).statusCode).toBe(200);
  });
});

describe('what is no request', () => {
  /** Sends the text as it is. @returns all that comes back until the server hangs up */
  async function send(text: string, port: number | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect({ host: '127.0.0.1', port: port ?? 0 }, () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', reject).on('close', () => resolve(answer));
    });
  }

  it.each([
    ['no HTTP', 'GARBAGE\r\n\r\n', 400, 'INVALID_REQUEST'],
    ['headers of 100 kB', `GET / HTTP/1.1\r\nhost: a\r\na: ${'x'.repeat(100_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'INVALID_REQUEST'],
  ])('is answered in the envelope: %s', async (_, text, status, err) => {
    const { app } = await start();
    const { port, privatePort } = await app.listen({ HTTP_HOST: '127.0.0.1', HTTP_PORT: 0, HTTP_PRIVATE_PORT: 0 });
    for (const each of [port, privatePort]) {
      const [head = '', body = ''] = (await send(text, each)).split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(JSON.parse(body)).toMatchObject({
        responseCode: 'CLIENT_ERROR',
        params: { err, status: err },
        result: {},
      });
    }
  });
});

describe('an app that closes', () => {
  it('goes on answering for the delay, and says that it is not ready', async () => {
    const { app, call } = await start({ limits: { shutdownDelayMs: 50 } });
    const closing = app.close();
    expect((await app.nest.get(Readiness).report()).status).toBe('stopping');
    expect((await call('/v1/plain')).statusCode).toBe(200);
    apps.pop();
    await closing;
  });
});
