import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { loadSettings } from '@scorekeep/platform/util-config';
import { createLogger } from '@scorekeep/platform/util-logging';
import { AuthSettings, createAuthenticator } from './index';

const issuer = new TokenIssuer('key-1');
const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const logged: string[] = [];
const logger = createLogger({ name: 'tested', level: 'info', destination: { write: (line) => logged.push(line) } });

const load = (environment: Record<string, string>) => loadSettings([AuthSettings], environment).get(AuthSettings);

async function create(environment: Record<string, string>) {
  logged.length = 0;
  const { authenticator, close } = await createAuthenticator(load(environment), logger);
  close();
  return authenticator;
}

beforeAll(() => writeFileSync(join(folder, 'key-1'), issuer.publicPem));
afterAll(() => rmSync(folder, { recursive: true }));

describe('createAuthenticator', () => {
  it('checks tokens with the keys of a folder', async () => {
    const authenticator = await create({ AUTH_PUBLIC_KEYS_DIR: folder, AUTH_ISSUER: issuer.url });
    const headers = { 'x-authenticated-user-token': issuer.tokenOf('u') };
    expect(await authenticator.authenticate(headers, { acceptsExpired: false })).toEqual({ userId: 'u' });
    expect(logged).toEqual([]);
  });

  it('is off without keys, and says so', async () => {
    expect((await create({})).isOn).toBe(false);
    expect(logged).toEqual([expect.stringContaining('public routes are off')]);
  });

  it('believes headers when it is told to, and warns', async () => {
    const authenticator = await create({ AUTH_MODE: 'header' });
    const rules = { acceptsExpired: false };
    expect(authenticator.isOn).toBe(true);
    expect(await authenticator.authenticate({ 'x-authenticated-userid': 'u' }, rules)).toEqual({ userId: 'u' });
    expect(
      await authenticator.authenticate({ 'x-authenticated-userid': 'u', 'x-authenticated-for': 'child' }, rules),
    ).toEqual({ userId: 'u', requestedFor: 'child' });
    await expect(authenticator.authenticate({}, rules)).rejects.toThrow('x-authenticated-userid is missing');
    await expect(authenticator.authenticate({ 'x-authenticated-userid': 'a b' }, rules)).rejects.toThrow(
      'is no user id',
    );
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('AUTH_MODE=header') as string,
    });
  });
});

describe('AuthSettings', () => {
  it.each([
    [{ AUTH_PUBLIC_KEYS_DIR: '/keys' }, /AUTH_ISSUER must be set with AUTH_PUBLIC_KEYS_DIR/],
    [{ AUTH_JWKS_URL: 'http://127.0.0.1:8080/certs' }, /AUTH_ISSUER must be set/],
    [{ AUTH_JWKS_URL: 'file:///etc/passwd', AUTH_ISSUER: 'x' }, /AUTH_JWKS_URL must be a URL/],
    [{ AUTH_MODE: 'none' }, /AUTH_MODE must be one of/],
  ])('refuse %j', (environment, words) => {
    expect(() => load(environment as Record<string, string>)).toThrow(words);
  });

  it('need no issuer where there are no keys to check with', () => {
    expect(load({ AUTH_MODE: 'header', AUTH_PUBLIC_KEYS_DIR: '/keys' }).AUTH_ISSUER).toBeUndefined();
  });
});
