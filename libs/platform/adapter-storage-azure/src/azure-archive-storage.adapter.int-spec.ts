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
import { AzureArchiveStorage } from './azure-archive-storage.adapter';
import { AzureSignedUrls } from './azure-signed-urls.adapter';
import { Azurite } from './azurite.fixture';

jest.setTimeout(60_000);

let azurite: Azurite;

beforeAll(async () => {
  azurite = await Azurite.start();
  for (const container of ['contract', 'faults', 'attic']) await azurite.createContainer(container);
});
afterAll(() => azurite.stop());

describeArchiveStorage(
  'AzureArchiveStorage at azurite',
  async () => ({ storage: azurite.storage('contract', { partBytes: 1_000_000, listPageKeys: 100 }) }),
  { manyObjects: 210, largeBytes: 3_500_000 },
);

describeStorageFaults('AzureArchiveStorage at azurite', async () => ({
  target: `http://127.0.0.1:${azurite.port}`,
  storageAt: (address) => azurite.storage('faults', { stallTimeoutMs: 500 }, address),
  isContent: (path) => path.includes('/object'),
  damaged: 'STORAGE.REFUSED', // azurite says InvalidOperation where the service says Md5Mismatch
  expired: { status: 403, body: '<Error><Code>AuthenticationFailed</Code><Message>has expired</Message></Error>' },
  settings: { address: 'AZURE_STORAGE_CONNECTION_STRING', credentials: 'AZURE_STORAGE_CONNECTION_STRING' },
}));

describe('AzureArchiveStorage', () => {
  it('names the container when it is missing', async () => {
    for (const call of everyCall(azurite.storage('nowhere'))) {
      await expect(call()).rejects.toMatchObject({
        code: 'STORAGE.BUCKET_NOT_FOUND',
        message: expect.stringMatching(/nowhere.*STORAGE_BUCKET/) as string,
      });
    }
  });

  it('refuses the one character that stands for a backslash', async () => {
    await expect(azurite.storage('attic').stat('a\uf05cb')).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
  });

  it('names address and setting when the key is wrong, and never shows a key', async () => {
    const wrong = Buffer.from('not the key').toString('base64');
    for (const call of everyCall(new AzureArchiveStorage(azurite.settings('attic', undefined, wrong)))) {
      const error = await call().then(
        () => undefined,
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toMatchObject({
        code: 'STORAGE.REFUSED',
        message: expect.stringContaining('AZURE_STORAGE_CONNECTION_STRING') as string,
      });
      expect(error?.message).not.toContain(wrong);
    }
  });

  it('is unavailable, and says where, when nothing listens', async () => {
    for (const call of everyCall(azurite.storage('attic', { attempts: 1 }, '127.0.0.1:1'))) {
      await expect(call()).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        retryable: true,
        message: expect.stringContaining('127.0.0.1:1') as string,
      });
    }
  });

  it('notices a connection that breaks, while writing and while reading, and goes on when it is back', async () => {
    const proxy = await TcpProxy.reserve(`127.0.0.1:${azurite.port}`);
    const storage = azurite.storage('attic', { attempts: 1, partBytes: 1_000_000 }, proxy.address);
    const bytes = someBytes(20_000_000);
    await proxy.open();
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield* inChunks(bytes, 1_000_000);
      await proxy.close();
    }
    await expect(storage.put('broken', cut())).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    await proxy.open();
    await expect(storage.stat('broken')).resolves.toBeUndefined();
    await storage.put('broken', inChunks(bytes, 1_000_000));
    const reading = async (): Promise<void> => {
      for await (const { length } of await storage.open('broken')) if (length > 0) await proxy.close();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'STORAGE.TRUNCATED', retryable: true });
    await proxy.open();
    expect(Buffer.compare(await readAll(await storage.open('broken')), bytes)).toBe(0);
    await proxy.close();
  });
});

describe('AzureSignedUrls', () => {
  it('lets anybody read the one object, and nothing else', async () => {
    const key = 'reports/अ b+c%20.csv';
    await azurite.storage('attic').put(key, bodyOf('the report'));
    const before = Date.now();
    const { url, expiresAtMs } = await new AzureSignedUrls(azurite.settings('attic')).sign(key, 60_000);
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, 'the report']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(expiresAtMs).toBeGreaterThan(before + 58_000);
    const other = url.replace(encodeURIComponent('अ'), 'other');
    for (const refused of [await fetch(other), await fetch(url, { method: 'DELETE' })]) {
      expect(refused.status).toBe(403);
    }
  });

  it('needs the key of the account', async () => {
    const settings = azurite.settings('attic');
    settings.AZURE_STORAGE_CONNECTION_STRING = `BlobEndpoint=http://127.0.0.1:${azurite.port}/devstoreaccount1;SharedAccessSignature=sv=1&sig=abc`;
    await expect(new AzureSignedUrls(settings).sign('a', 1_000)).rejects.toMatchObject({ code: 'STORAGE.REFUSED' });
  });
});
