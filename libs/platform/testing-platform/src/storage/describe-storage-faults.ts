import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { FaultyProxy, type HttpFault } from '../network/faulty-proxy';
import { everyCall } from './every-call';
import { bodyOf, inChunks, readAll, someBytes } from './test-bytes';

/** A store that is reached over HTTP, to test behind a proxy. */
export interface RemoteStorageUnderTest {
  /** The server's URL. */
  readonly target: string;
  /** @param address `host:port` of the proxy. Three attempts of a request, 500 ms of patience with a silent body */
  readonly storageAt: (address: string) => ArchiveStorage;
  /** Whether a GET of this path, with its query, asks for an object's content. */
  readonly isContent: (path: string) => boolean;
  /** The error's code when an upload arrives changed. Default STORAGE.CORRUPTED: an emulator may say another reason. */
  readonly damaged?: string;
  /** What the server says to credentials that have run out. */
  readonly expired: { readonly status: number; readonly body: string };
  /** The setting that names the server, and the one for credentials. */
  readonly settings: { readonly address: string; readonly credentials: string };
}

/** Longer than a chunk of a connection, shorter than a part. */
const BYTES = 300_000;
const PATIENCE_MS = 30_000;

/**
 * What every `ArchiveStorage` behind a network must do when that, or the server, is in trouble. Call it from a spec of the
 * implementation.
 *
 * @param create makes the store once, before the first test
 */
export function describeStorageFaults(name: string, create: () => Promise<RemoteStorageUnderTest>): void {
  describe(`${name} in trouble:`, () => {
    let proxy: FaultyProxy;
    let address: string;
    let storage: ArchiveStorage;
    let subject: RemoteStorageUnderTest;
    const bytes = someBytes(BYTES);
    const body = () => inChunks(bytes, 64_000);

    beforeAll(async () => {
      subject = await create();
      proxy = new FaultyProxy(subject.target);
      address = await proxy.open();
      storage = subject.storageAt(address);
    });
    afterEach(async () => {
      proxy.behave();
      for await (const { key } of storage.list('')) await storage.remove(key);
    });
    afterAll(() => proxy.close());

    const always = (fault: HttpFault) => (proxy.fault = () => fault);
    const once = (fault: HttpFault) => {
      proxy.fault = () => {
        proxy.behave();
        return fault;
      };
    };
    const uploads = (fault: HttpFault) => (proxy.fault = (method) => (/PUT|POST/.test(method) ? fault : undefined));
    const downloads = (fault: HttpFault) =>
      (proxy.fault = (method, path) => (method === 'GET' && subject.isContent(path) ? fault : undefined));
    const read = async () => Buffer.compare(await readAll(await storage.open('object')), bytes);

    it(
      'gives up on a storm of 503 after three attempts, with the address and its setting',
      async () => {
        always({ status: 503, body: '' });
        await expect(storage.stat('object')).rejects.toMatchObject({
          code: 'STORAGE.UNAVAILABLE',
          retryable: true,
          message: expect.stringMatching(`(?=.*${address})(?=.*${subject.settings.address})`) as string,
        });
        expect(proxy.requests).toBe(3);
        await expect(storage.put('object', body())).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
        proxy.behave();
        await storage.put('object', body());
        await expect(read()).resolves.toBe(0);
      },
      PATIENCE_MS,
    );

    it('gets over a single 503, and over a single connection that is cut', async () => {
      for (const fault of [{ status: 503, body: '' }, 'cut'] as const) {
        once(fault);
        await storage.put('object', body(), { replace: true });
        await expect(read()).resolves.toBe(0);
      }
    });

    it('leaves nothing of an upload whose connection is cut every time', async () => {
      uploads('cut');
      await expect(storage.put('object', body())).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        retryable: true,
      });
      proxy.behave();
      await expect(storage.stat('object')).resolves.toBeUndefined();
      await storage.put('object', body());
      await expect(read()).resolves.toBe(0);
    });

    it('notices an upload that arrives changed, and leaves nothing of it', async () => {
      uploads('damaged-upload');
      await expect(storage.put('object', body())).rejects.toMatchObject({
        code: subject.damaged ?? 'STORAGE.CORRUPTED',
      });
      proxy.behave();
      await expect(storage.stat('object')).resolves.toBeUndefined();
    });

    it.each(['truncated-download', 'stalled-download'] as const)('notices a %s', async (fault) => {
      await storage.put('object', body());
      downloads(fault);
      await expect(read()).rejects.toMatchObject({ code: 'STORAGE.TRUNCATED', retryable: true });
      proxy.behave();
      await expect(read()).resolves.toBe(0);
    });

    it('waits for a body that comes slowly', async () => {
      await storage.put('object', body());
      downloads('slow-download');
      await expect(read()).resolves.toBe(0);
    });

    it('says that credentials have run out, and which setting has them, on every call', async () => {
      always(subject.expired);
      for (const call of everyCall(storage)) {
        await expect(call()).rejects.toMatchObject({
          code: 'STORAGE.REFUSED',
          retryable: false,
          message: expect.stringContaining(subject.settings.credentials) as string,
        });
      }
      proxy.behave();
      await expect(storage.put('small', bodyOf('.'))).resolves.toMatchObject({ bytes: 1 });
    });
  });
}
