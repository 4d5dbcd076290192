import { Agent, request } from 'node:http';
import { createLogger } from '@scorekeep/platform/util-logging';
import { createHttpApp, type HttpApp, Readiness } from './index';
import { Gate, SampleAuthenticator, sampleModule } from './fixtures/sample.module';

const logger = createLogger({ name: 'tested', level: 'silent', destination: 'stdout' });
const apps: HttpApp[] = [];

async function start(gate = new Gate(), settings: { HTTP_PORT?: number; HTTP_PRIVATE_PORT?: number } = {}) {
  const app = await createHttpApp(sampleModule(gate), { logger, authenticator: new SampleAuthenticator() });
  apps.push(app);
  return { app, ...(await app.listen({ HTTP_HOST: '127.0.0.1', HTTP_PORT: 0, ...settings })) };
}

/** One request; node's client, since a kept-alive connection is part of what is tested. */
function ask(port: number | undefined, path: string, options: { method?: string; body?: object; agent?: Agent } = {}) {
  return new Promise<{ status: number | undefined; body: string; connection: string | undefined }>(
    (resolve, reject) => {
      const { method = 'GET', body, agent } = options;
      const headers = { 'content-type': 'application/json' };
      const asked = request({ port, path, method, headers, ...(agent ? { agent } : {}) }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode, body: text, connection: response.headers.connection }),
        );
      });
      asked.on('error', reject);
      asked.end(body && JSON.stringify(body));
    },
  );
}

const echo = { method: 'POST', body: { request: { userId: 'u' } } };

describe('a listening app', () => {
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

  it('answers private routes on the private port alone, and public ones on the public port alone', async () => {
    const { port, privatePort } = await start(undefined, { HTTP_PRIVATE_PORT: 0 });
    const statusOf = async (at: number | undefined, path: string) => (await ask(at, path, echo)).status;
    expect({
      public: [await statusOf(port, '/v1/echo'), await statusOf(port, '/private/v1/echo')],
      private: [await statusOf(privatePort, '/v1/echo'), await statusOf(privatePort, '/private/v1/echo')],
      encoded: [await statusOf(privatePort, '/%76%31/echo'), await statusOf(port, '/%70rivate/v1/echo')],
    }).toEqual({ public: [200, 404], private: [404, 200], encoded: [404, 404] });
    expect((await ask(port, '/private/v1/echo')).status).toBe(404);
    expect((await ask(privatePort, '/private/v1/echo')).status).toBe(405);
    for (const each of [port, privatePort]) {
      expect((await ask(each, '/health/live')).status).toBe(200);
      expect((await ask(each, '/health/ready')).status).toBe(200);
      expect((await ask(each, '/metrics')).status).toBe(200);
    }
  });

  it('answers what was begun before it closes, and then lets kept-alive connections go', async () => {
    const gate = new Gate();
    const { app, port, privatePort } = await start(gate, { HTTP_PRIVATE_PORT: 0 });
    const agent = new Agent({ keepAlive: true });
    await ask(privatePort, '/health/live', { agent });
    const slow = ask(port, '/v1/slow', { agent });
    await gate.entered;
    const closing = app.close();
    gate.release();
    expect(await slow).toEqual({ status: 200, body: '{"slow":true}', connection: 'close' });
    await closing;
    await expect(ask(port, '/health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(ask(privatePort, '/health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    agent.destroy();
  });

  it('is not ready while it closes', async () => {
    const gate = new Gate();
    const { app, port } = await start(gate);
    const slow = ask(port, '/v1/slow');
    await gate.entered;
    const closing = app.close();
    expect((await app.nest.get(Readiness).report()).status).toBe('stopping');
    gate.release();
    await Promise.all([slow, closing]);
  });

  it.each(['HTTP_PORT', 'HTTP_PRIVATE_PORT'])('names address and setting when %s is taken', async (setting) => {
    const { port } = await start();
    await expect(start(undefined, { [setting]: port })).rejects.toMatchObject({
      code: 'HTTP.CANNOT_LISTEN',
      message: `cannot listen on 127.0.0.1:${port} (HTTP_HOST, ${setting}): the port is taken`,
    });
  });
});
