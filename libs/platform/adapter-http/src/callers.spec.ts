import { createLogger } from '@scorekeep/platform/util-logging';
import { createHttpApp, type HttpApp } from './index';
import { SampleAuthenticator, sampleModule } from './fixtures/sample.module';

const logger = createLogger({ name: 'tested', level: 'silent', destination: 'stdout' });
const authenticator = new SampleAuthenticator();
let app: HttpApp;

beforeAll(async () => {
  app = await createHttpApp(sampleModule(), { logger, authenticator });
});
afterAll(() => app.close());

async function get(url: string, user?: string) {
  const { statusCode, body } = await app.nest.inject({ url, headers: user === undefined ? {} : { 'x-user': user } });
  return { statusCode, body };
}

describe('callers of public routes', () => {
  it('reach the handler', async () => {
    expect(await get('/v1/caller', 'u-7')).toEqual({ statusCode: 200, body: '{"userId":"u-7"}' });
  });

  it('are refused with 401 when they cannot be believed', async () => {
    const { statusCode, body } = await get('/v1/caller', 'expired');
    expect(statusCode).toBe(401);
    expect(JSON.parse(body)).toMatchObject({
      params: { err: 'UNAUTHORIZED', status: 'UNAUTHORIZED', errmsg: 'the token has expired' },
      responseCode: 'UNAUTHORIZED',
      result: {},
    });
  });

  it('may come late where the handler says so', async () => {
    expect(await get('/v1/late-caller', 'expired')).toEqual({ statusCode: 200, body: '{"userId":"expired"}' });
  });

  it('need not say who they are on open routes', async () => {
    expect((await get('/v1/open', 'expired')).statusCode).toBe(200);
    expect((await get('/health/live', 'expired')).statusCode).toBe(200);
  });

  it('find nothing while there is nothing to check tokens with', async () => {
    authenticator.isOn = false;
    expect((await get('/v1/caller')).statusCode).toBe(404);
    const { statusCode } = await app.nest.inject({ url: '/v1/caller', method: 'POST' });
    expect(statusCode).toBe(404);
    expect((await get('/v1/open')).statusCode).toBe(200);
    authenticator.isOn = true;
  });
});
