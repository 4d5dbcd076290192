import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bodyOf,
  describeArchiveStorage,
  describeStorageFaults,
  everyCall,
  inChunks,
  readAll,
  someBytes,
  TcpProxy,
} from '@scorekeep/platform/testing-platform';
import { GcsArchiveStorage } from './gcs-archive-storage.adapter';
import { GcsSignedUrls } from './gcs-signed-urls.adapter';
import { GcsStorageSettings } from './gcs-storage.settings';
import { JsonApi } from './json-api.fixture';

jest.setTimeout(60_000);

let api: JsonApi;

beforeAll(async () => {
  api = await JsonApi.start('contract', 'faults', 'attic');
});
afterEach(() => api.behave());
afterAll(() => api.stop());

describeArchiveStorage(
  'GcsArchiveStorage at a server of the JSON API',
  async () => ({ storage: api.storage('contract', { partBytes: 1_048_576, listPageKeys: 100 }) }),
  { manyObjects: 210, largeBytes: 3_500_000 },
);

describeStorageFaults('GcsArchiveStorage at a server of the JSON API', async () => ({
  target: `http://127.0.0.1:${api.port}`,
  storageAt: (address) => api.storage('faults', { stallTimeoutMs: 500 }, address),
  isContent: (path) => path.includes('alt=media'),
  expired: { status: 401, body: '{"error":{"code":401,"message":"Invalid Credentials"}}' },
  settings: { address: 'GCS_API_ENDPOINT', credentials: 'GCS_KEY_FILE' },
}));

describe('GcsArchiveStorage', () => {
  it('names the bucket when it is missing', async () => {
    for (const call of everyCall(api.storage('nowhere'))) {
      await expect(call()).rejects.toMatchObject({
        code: 'STORAGE.BUCKET_NOT_FOUND',
        message: expect.stringMatching(/nowhere.*STORAGE_BUCKET/) as string,
      });
    }
  });

  it('is refused, and names the setting, when the key file is not there', async () => {
    const settings = Object.assign(api.settings('attic'), { GCS_KEY_FILE: '/nowhere/key.json' });
    for (const call of everyCall(new GcsArchiveStorage(settings))) {
      await expect(call()).rejects.toMatchObject({
        code: 'STORAGE.REFUSED',
        message: expect.stringContaining('GCS_KEY_FILE') as string,
      });
    }
  });

  it('is unavailable, and says where, when nothing listens', async () => {
    for (const call of everyCall(api.storage('attic', { attempts: 1 }, '127.0.0.1:1'))) {
      await expect(call()).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        retryable: true,
        message: expect.stringContaining('127.0.0.1:1') as string,
      });
    }
  });

  it('tries again while the service is unavailable, and gives up at last', async () => {
    const storage = api.storage('attic', { attempts: 3 });
    api.unavailable = 2;
    await expect(storage.stat('not there')).resolves.toBeUndefined();
    api.unavailable = 100;
    await expect(storage.stat('not there')).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE', retryable: true });
  });

  it('gives up on an answer that begins to say why it refuses, and never ends', async () => {
    const storage = api.storage('attic', { attempts: 1, requestTimeoutMs: 300 });
    await api.storage('attic').put('mumbled', bodyOf('some'));
    const body = await storage.open('mumbled');
    api.unavailable = 1;
    api.mumbles = true;
    await expect(readAll(body)).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE', retryable: true });
  });

  it('tries so often to read as it may', async () => {
    const storage = api.storage('attic', { attempts: 2 });
    await api.storage('attic').put('read', bodyOf('some'));
    const body = await storage.open('read');
    api.behave();
    api.unavailable = 100;
    await expect(readAll(body)).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    expect(api.requests).toBe(2);
    api.unavailable = 1;
    expect(Buffer.from(await readAll(await storage.open('read'))).toString()).toBe('some');
  });

  it.each([
    { size: 'small', bytes: 1_000 },
    { size: 'large', bytes: 3_000_000 },
  ])('notices a $size object of which the service stored other bytes, and leaves none', async ({ size, bytes }) => {
    const storage = api.storage('attic', { partBytes: 1_048_576 });
    api.corrupt = (received) => Buffer.concat([received.subarray(1), Buffer.from('x')]);
    const put = storage.put(`other ${size}`, inChunks(someBytes(bytes), 100_000));
    await expect(put).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED' });
    await expect(storage.stat(`other ${size}`)).resolves.toBeUndefined();
  });

  it('notices a connection that breaks while reading, and goes on when it is back', async () => {
    const proxy = await TcpProxy.reserve(`127.0.0.1:${api.port}`);
    const storage = api.storage('attic', { attempts: 1 }, proxy.address);
    await proxy.open();
    const bytes = someBytes(20_000_000);
    await api.storage('attic').put('broken', inChunks(bytes, 1_000_000));
    const reading = async (): Promise<void> => {
      for await (const { length } of await storage.open('broken')) if (length > 0) await proxy.close();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'STORAGE.TRUNCATED', retryable: true });
    await proxy.open();
    expect(Buffer.compare(await readAll(await storage.open('broken')), bytes)).toBe(0);
    await proxy.close();
  });
});

describe('GcsSignedUrls', () => {
  it('signs for the one object and a time, with the key of the file and no request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gcs-key-'));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = {
      type: 'service_account',
      client_email: 'reports@project.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    };
    const file = join(folder, 'key.json');
    writeFileSync(file, JSON.stringify(key));
    const settings = Object.assign(new GcsStorageSettings(), { STORAGE_BUCKET: 'attic', GCS_KEY_FILE: file });
    const before = Date.now();
    const signed = await new GcsSignedUrls(settings).sign('reports/b c.csv', 60_000);
    rmSync(folder, { recursive: true });
    const { pathname, searchParams } = new URL(signed.kind === 'signed' ? signed.url : '');
    expect(pathname).toBe('/attic/reports/b%20c.csv');
    expect(Number(searchParams.get('X-Goog-Expires'))).toBeGreaterThan(55);
    expect(Number(searchParams.get('X-Goog-Expires'))).toBeLessThanOrEqual(60);
    expect(searchParams.get('X-Goog-Credential')).toContain('reports@project');
    expect(searchParams.get('response-content-disposition')).toMatch(/^attachment; filename=/);
    expect(signed.kind === 'signed' && signed.expiresAtMs).toBeGreaterThan(before + 58_000);
  });

  it('is refused without credentials that can sign', async () => {
    const settings = Object.assign(new GcsStorageSettings(), {
      STORAGE_BUCKET: 'attic',
      GCS_KEY_FILE: '/nowhere/key.json',
    });
    await expect(new GcsSignedUrls(settings).sign('a', 1_000)).rejects.toMatchObject({ code: 'STORAGE.REFUSED' });
  });
});
