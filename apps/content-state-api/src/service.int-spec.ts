import { request } from 'node:http';
import { type ApiProcess as Service, ApiProcess } from './api-process.fixture';
import { ApiStage } from './api-stage.fixture';

const readBody = JSON.stringify({ request: { userId: 'u', courseId: 'do_course', batchId: 'batch-1' } });
const running: Service[] = [];
let stage: ApiStage;

beforeAll(async () => {
  stage = await ApiStage.open(process.env);
});
afterEach(() => Promise.all(running.splice(0).map((service) => service.kill())));
afterAll(() => stage.close());

/** @param own settings other than those of the stage */
function start(own: Record<string, string | undefined> = {}): Service {
  const service = new ApiProcess({ ...process.env, CASSANDRA_KEYSPACE: stage.session.keyspace, ...own });
  running.push(service);
  return service;
}

async function get(port: number | undefined, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
}

/** A read whose body is sent in two parts. `finish` sends the second. */
function slowRead(port: number | undefined) {
  const headers = { 'content-type': 'application/json', 'content-length': String(readBody.length) };
  const sent = request({ port, path: '/private/v1/content/state/read', method: 'POST', headers });
  const answer = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    sent.on('error', reject).on('response', (response) => {
      const { statusCode, headers: answered } = response;
      response.resume().on('end', () => resolve({ status: statusCode, connection: answered.connection }));
    });
  });
  sent.write(readBody.slice(0, 10));
  return { answer, finish: () => sent.end(readBody.slice(10)) };
}

describe('the service', () => {
  it('says at its start that public routes are off without keys, and answers 404 there', async () => {
    const service = start();
    const { port, privatePort } = await service.saying('started');
    expect(service.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('public routes are off') as string }),
    );
    const read = { method: 'POST', headers: { 'content-type': 'application/json' }, body: readBody };
    const at = (which: number | undefined, path: string) => fetch(`http://127.0.0.1:${which}${path}`, read);
    expect((await at(port, '/v1/content/state/read')).status).toBe(404);
    expect((await at(privatePort, '/private/v1/content/state/read')).status).toBe(200);
    service.terminate();
    expect(await service.ended).toBe(0);
  });

  it('is live and ready, and names what is down', async () => {
    const service = start({ KAFKA_BROKERS: '127.0.0.1:1' });
    const { port } = await service.saying('started');
    expect(await get(port, '/health/live')).toEqual({ status: 200, body: { status: 'live' } });
    expect(await get(port, '/health/ready')).toEqual({
      status: 503,
      body: { status: 'down', checks: { cassandra: 'up', kafka: 'down' } },
    });
  });

  it('stops gracefully: not ready, requests under way are answered, connections close, exit 0', async () => {
    const service = start({ HTTP_SHUTDOWN_DELAY: '2s' });
    const { port, privatePort } = await service.saying('started');
    const slow = slowRead(privatePort);
    await get(privatePort, '/health/ready');
    service.terminate();
    await service.saying('stopping');
    while ((await get(port, '/health/ready')).status === 200);
    expect((await get(port, '/health/ready')).body).toMatchObject({ status: 'stopping' });
    slow.finish();
    expect(await slow.answer).toEqual({ status: 200, connection: 'close' });
    expect(await service.ended).toBe(0);
    await expect(get(port, '/health/live')).rejects.toThrow();
  });

  it('names all bad settings at once and exits with 78', async () => {
    const bad = { AUTH_JWKS_URL: 'nowhere', AUTH_MODE: 'none', RATE_LIMIT_WINDOW: '5ms', HTTP_CONCURRENCY_MAX: '0' };
    const service = start(bad);
    expect(await service.ended).toBe(78);
    for (const name of Object.keys(bad)) expect(service.complaints).toContain(`${name} must`);
  });

  it('ends when AUTH_PUBLIC_KEYS_DIR is no folder', async () => {
    const service = start({ AUTH_PUBLIC_KEYS_DIR: '/nowhere/keys', AUTH_ISSUER: 'x' });
    expect(await service.ended).toBe(1);
    expect(service.logged.at(-1)).toMatchObject({
      level: 'fatal',
      message: expect.stringContaining('AUTH_PUBLIC_KEYS_DIR') as string,
    });
  });
});
