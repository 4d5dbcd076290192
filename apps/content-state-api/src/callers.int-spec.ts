import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { ApiStage, type ListeningApi } from './api-stage.fixture';
import { badTokens, tampered } from './bad-tokens.fixture';

const [courseId, batchId] = ['do_course', 'batch-1'];
const hour = 3_600;
const nowS = Math.floor(Date.now() / 1000);
const other = new TokenIssuer('key-2');

let stage: ApiStage;
let api: ListeningApi;

beforeAll(async () => {
  stage = await ApiStage.open(process.env);
  await stage.put('course_batch', { courseid: courseId, batchid: batchId, status: 1 });
  for (const userid of ['caller', 'child', 'somebody']) {
    const key = { userid, courseid: courseId, batchid: batchId, contentid: `of-${userid}` };
    await stage.put('user_content_consumption', { ...key, status: 1, progress: 10 });
  }
  api = await stage.start();
});
afterAll(() => stage.close());

interface Tokens {
  readonly own?: string;
  readonly managed?: string;
}

const headersOf = ({ own, managed }: Tokens): Record<string, string> => ({
  ...(own === undefined ? {} : { 'x-authenticated-user-token': own }),
  ...(managed === undefined ? {} : { 'x-authenticated-for': managed }),
});

/** Reads, and says what the answer was about: the contents of whom, or the refusal. */
async function read(tokens: Tokens, request: object = {}, at: ListeningApi = api) {
  const { status, envelope } = await at.ask('/v1/content/state/read', {
    headers: headersOf(tokens),
    body: { request: { courseId, batchId, ...request } },
  });
  const { contentList = [] } = envelope.result as { contentList?: { contentId: string }[] };
  const { params, responseCode } = envelope;
  return {
    status,
    responseCode,
    err: params.err,
    errmsg: params.errmsg,
    contents: contentList.map((each) => each.contentId),
  };
}

async function update(tokens: Tokens, request: object) {
  const { status, envelope } = await api.ask('/v1/content/state/update', {
    method: 'PATCH',
    headers: headersOf(tokens),
    body: { request },
  });
  return { status, result: envelope.result };
}

describe('x-authenticated-user-token: an RS256 JWT', () => {
  it('is of the user whose id follows the last `:` of `sub`: the public route takes the user from the token', async () => {
    const answer = await read({ own: stage.issuer.tokenOf('caller', { sub: 'f:a:b:caller' }) });
    expect(answer).toMatchObject({ status: 200, contents: ['of-caller'] });
  });

  it('is what counts, not another user’s id in the body', async () => {
    const answer = await read({ own: stage.issuer.tokenOf('caller') }, { userId: 'somebody' });
    expect(answer).toMatchObject({ status: 200, contents: ['of-caller'] });
  });

  it.each(badTokens)('is refused with 401 when it is $what', async ({ make, words }) => {
    expect(await read({ own: make(stage.issuer, other) })).toEqual({
      status: 401,
      responseCode: 'UNAUTHORIZED',
      err: 'UNAUTHORIZED',
      errmsg: expect.stringMatching(new RegExp(`^x-authenticated-user-token .*${words}`)) as string,
      contents: [],
    });
  });

  it('is refused with 401 when it is none at all', async () => {
    expect(await read({})).toMatchObject({ status: 401, errmsg: 'x-authenticated-user-token is missing' });
  });

  it('may be expired on update (phones sync answers days later), and only that', async () => {
    const contents = [{ contentId: 'do_late', status: 2, courseId, batchId }];
    const late = { exp: nowS - 100 * hour };
    const own = stage.issuer.tokenOf('caller', late);
    expect(await update({ own }, { contents })).toEqual({
      status: 200,
      result: { do_late: 'SUCCESS', [batchId]: 'SUCCESS' },
    });
    const bad = [
      tampered(stage.issuer),
      stage.issuer.tokenOf('caller', { ...late, iss: 'x' }),
      other.tokenOf('caller', late),
    ];
    for (const token of bad) expect((await update({ own: token }, { contents })).status).toBe(401);
  });
});

describe('x-authenticated-for', () => {
  const own = () => stage.issuer.tokenOf('caller');

  it('whose parentId is the caller lets them act for the managed user who is its sub', async () => {
    const managed = stage.issuer.managedTokenOf('child', 'caller');
    expect(await read({ own: own(), managed })).toMatchObject({ status: 200, contents: ['of-child'] });
  });

  it('lets a caller update the managed user’s state and their own, and nobody else’s', async () => {
    const managed = stage.issuer.managedTokenOf('child', 'caller');
    const contents = ['caller', 'child', 'somebody'].map((userId) => ({
      ...{ userId, contentId: `do_by_${userId}`, status: 1, courseId, batchId },
    }));
    const { status, result } = await update({ own: own(), managed }, { contents });
    expect({ status, result }).toEqual({
      status: 200,
      result: { do_by_caller: 'SUCCESS', do_by_child: 'SUCCESS', [batchId]: 'SUCCESS' },
    });
    const invalid = api.publisher
      .publishedTo('dev.contentstate.invalid')
      .map(({ value }) => Buffer.from(value ?? []).toString());
    expect(invalid).toEqual([expect.stringContaining('do_by_somebody')]);
    expect((await read({ own: stage.issuer.tokenOf('somebody') })).contents).toEqual(['of-somebody']);
  });

  it.each([
    ['of another parent', () => stage.issuer.managedTokenOf('child', 'somebody')],
    ['without a parent', () => stage.issuer.tokenOf('child')],
    ['expired', () => stage.issuer.managedTokenOf('child', 'caller', { exp: nowS - 1 })],
    ['of a wrong issuer', () => stage.issuer.managedTokenOf('child', 'caller', { iss: 'https://evil.example' })],
    ['of an unknown key', () => other.managedTokenOf('child', 'caller')],
    ['malformed', () => 'child'],
  ])('is refused with 401 when it is %s', async (_, managed) => {
    expect(await read({ own: own(), managed: managed() })).toMatchObject({ status: 401, contents: [] });
  });

  it('is not enough without the caller’s own token', async () => {
    expect((await read({ managed: stage.issuer.managedTokenOf('child', 'caller') })).status).toBe(401);
  });
});

describe('keys', () => {
  /** Until the answer is the one that is waited for: files are looked at every second. */
  async function until(status: number, token: string, at: ListeningApi): Promise<void> {
    while ((await read({ own: token }, {}, at)).status !== status);
  }

  it('in a folder are read again when it changes, without a restart; without any, public routes are off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const late = await stage.start({ AUTH_PUBLIC_KEYS_DIR: folder });
    const token = other.tokenOf('caller');
    expect((await read({ own: token }, {}, late)).status).toBe(404);
    expect(late.logged.join('')).toContain('public routes are off');
    writeFileSync(join(folder, 'key-2.pem'), other.publicPem);
    await until(200, token, late);
    rmSync(join(folder, 'key-2.pem'));
    await until(404, token, late);
    rmSync(folder, { recursive: true });
  });

  it('of a JWKS URL are cached, and fetched again for an unknown kid', async () => {
    let fetches = 0;
    const server = createServer((_, response) => {
      fetches += 1;
      response.end(JSON.stringify({ keys: [other.jwk] }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`;
    const jwks = await stage.start({ AUTH_PUBLIC_KEYS_DIR: undefined, AUTH_JWKS_URL: url });
    for (let call = 0; call < 3; call += 1) {
      expect(await read({ own: other.tokenOf('caller') }, {}, jwks)).toMatchObject({ status: 200 });
    }
    for (let call = 0; call < 3; call += 1) {
      expect(await read({ own: stage.issuer.tokenOf('caller') }, {}, jwks)).toMatchObject({ status: 401 });
    }
    expect(fetches).toBe(1);
    await new Promise((closed) => server.close(closed));
  });

  it('that cannot be fetched at first are not the caller’s fault: 503', async () => {
    const jwks = await stage.start({ AUTH_PUBLIC_KEYS_DIR: undefined, AUTH_JWKS_URL: 'http://127.0.0.1:1/certs' });
    const { status, headers } = await jwks.ask('/v1/content/state/read', {
      headers: headersOf({ own: stage.issuer.tokenOf('caller') }),
      body: { request: { courseId, batchId } },
    });
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '5' });
  });
});

describe('AUTH_MODE=header', () => {
  it('believes x-authenticated-userid, and warns at the start', async () => {
    const trusting = await stage.start({ AUTH_MODE: 'header' });
    expect(trusting.logged.join('')).toMatch(/"level":"warn".*AUTH_MODE=header/);
    const body = { request: { courseId, batchId } };
    const believed = await trusting.ask('/v1/content/state/read', {
      headers: { 'x-authenticated-userid': 'child' },
      body,
    });
    expect(believed.envelope.result).toMatchObject({ contentList: [{}, { contentId: 'of-child' }] });
    expect((await trusting.ask('/v1/content/state/read', { body })).status).toBe(401);
  });
});

describe('private routes', () => {
  const body = { request: { userId: 'somebody', courseId, batchId } };

  it('listen on another port, without a token, and take the user from the body', async () => {
    const path = '/private/v1/content/state/read';
    expect((await api.ask(path, { body })).status).toBe(404);
    const { status, envelope } = await api.ask(path, { body, isPrivate: true });
    expect({ status, result: envelope.result }).toMatchObject({
      status: 200,
      result: { contentList: [{ contentId: 'of-somebody' }] },
    });
    const own = headersOf({ own: stage.issuer.tokenOf('caller') });
    expect((await api.ask('/v1/content/state/read', { body, headers: own, isPrivate: true })).status).toBe(404);
  });
});

describe('rate limits per user', () => {
  it('are one for two instances: 429 with Retry-After, and only for that user', async () => {
    const limit = { RATE_LIMIT_REQUESTS: '4', RATE_LIMIT_WINDOW: '30s' };
    const instances = [await stage.start(limit), await stage.start(limit)];
    for (const instance of instances) {
      while (!(await instance.ask('/metrics')).text.includes('rate_limit_shared 1'));
    }
    const tokenOf = (name: string) => stage.issuer.tokenOf(`${name}-${stage.session.keyspace}`);
    const [eager, calm] = [tokenOf('eager'), tokenOf('calm')];
    const statuses: number[] = [];
    for (const instance of [...instances, ...instances, ...instances]) {
      statuses.push((await read({ own: eager }, {}, instance)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const [first] = instances;
    const refused = await first?.ask('/v1/content/state/read', {
      headers: headersOf({ own: eager }),
      body: { request: { courseId, batchId } },
    });
    expect(refused?.envelope).toMatchObject({
      responseCode: 'TOO_MANY_REQUESTS',
      params: { err: 'TOO_MANY_REQUESTS' },
    });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await read({ own: calm }, {}, first)).status).toBe(200);
  });

  it('are kept by each instance alone when Redis is away', async () => {
    const away = { RATE_LIMIT_REQUESTS: '2', REDIS_URL: 'redis://127.0.0.1:1' };
    const [one, another] = [await stage.start(away), await stage.start(away)];
    const statuses: number[] = [];
    for (const instance of [one, one, one, another]) {
      statuses.push((await read({ own: stage.issuer.tokenOf('eager') }, {}, instance)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
    expect(one.logged.join('')).toContain('counted by this instance alone');
  });
});
