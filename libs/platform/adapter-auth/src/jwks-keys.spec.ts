import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { JwksKeys } from './jwks-keys';

const [first, second] = [new TokenIssuer('first'), new TokenIssuer('second')];
const warnings: string[] = [];
const opened: JwksKeys[] = [];
let answer: { status: number; body: string };
let fetches = 0;
let server: Server;

const jwksOf = (...keys: readonly object[]) => ({ status: 200, body: JSON.stringify({ keys }) });

beforeAll(async () => {
  server = createServer((_, response) => {
    fetches += 1;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  fetches = 0;
  warnings.length = 0;
});
afterEach(() => {
  for (const keys of opened.splice(0)) keys.close();
});

function open(timing?: { minIntervalMs: number; maxAgeMs: number }): JwksKeys {
  const { port } = server.address() as AddressInfo;
  const keys = new JwksKeys(`http://127.0.0.1:${port}/certs`, (message) => warnings.push(message), timing);
  opened.push(keys);
  return keys;
}

describe('JwksKeys', () => {
  it('takes the keys for RS256 signatures, and no others', async () => {
    const odd = [
      null,
      7,
      { kty: 'EC', kid: 'ec' },
      { ...second.jwk, kid: 5 },
      { ...second.jwk, kid: 'bad', n: 'AQAB' },
    ];
    const unfit = [
      { ...second.jwk, kid: 'enc', use: 'enc' },
      { ...second.jwk, kid: 'ps', alg: 'PS256' },
    ];
    answer = jwksOf(...(odd as object[]), ...unfit, first.jwk, { ...second.jwk, use: undefined, alg: undefined });
    const keys = open();
    await keys.refresh();
    expect(['ec', 'bad', 'enc', 'ps', '5'].map((kid) => keys.get(kid))).toEqual(Array(5).fill(undefined));
    expect(keys.get('first')?.equals(first.publicKey)).toBe(true);
    expect(keys.get('second')?.equals(second.publicKey)).toBe(true);
  });

  it('fetches once for all who ask at once, and not again soon', async () => {
    answer = jwksOf(first.jwk);
    const keys = open();
    await Promise.all([keys.refresh(), keys.refresh(), keys.refresh()]);
    await keys.refresh();
    expect(fetches).toBe(1);
  });

  it('finds a new key and loses an old one', async () => {
    answer = jwksOf(first.jwk);
    const keys = open({ minIntervalMs: 0, maxAgeMs: 60_000 });
    await keys.refresh();
    answer = jwksOf(second.jwk);
    await keys.refresh();
    expect(keys.get('first')).toBeUndefined();
    expect(keys.get('second')?.equals(second.publicKey)).toBe(true);
  });

  it('fetches by itself when the keys are old', async () => {
    answer = jwksOf(first.jwk);
    const keys = open({ minIntervalMs: 0, maxAgeMs: 10 });
    await new Promise<void>((seen) => {
      const timer = setInterval(() => {
        if (!keys.get('first')) return;
        clearInterval(timer);
        seen();
      }, 5);
    });
    expect(fetches).toBeGreaterThan(0);
  });

  it.each([
    ['an error', { status: 500, body: '{"keys":[]}' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['no list', { status: 200, body: '{"keys":{}}' }],
    ['null', { status: 200, body: 'null' }],
  ])('keeps its keys when the answer is %s', async (_, broken) => {
    answer = jwksOf(first.jwk);
    const keys = open({ minIntervalMs: 0, maxAgeMs: 60_000 });
    await keys.refresh();
    answer = broken;
    await keys.refresh();
    expect(keys.get('first')?.equals(first.publicKey)).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('AUTH_JWKS_URL')]);
  });

  it('cannot tell anything while it has never had an answer: that is not the caller’s fault', async () => {
    answer = { status: 503, body: '' };
    await expect(open().refresh()).rejects.toMatchObject({ code: 'AUTH.KEYS_UNAVAILABLE', retryable: true });
  });
});
