import { type ServerResponse } from 'node:http';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { bodyOf, collect, everyCall, firstChunk, readAll, someBytes } from '@scorekeep/platform/testing-platform';
import { LoopbackS3 } from './loopback-s3.fixture';
import { PART_BYTES, storageAt } from './loopback-storage.fixture';

const server = new LoopbackS3('attic');
let endpoint: string;
let storage: ArchiveStorage;

beforeAll(async () => {
  endpoint = await server.start();
  storage = storageAt(endpoint);
});
afterAll(() => server.stop());

describe('S3ArchiveStorage at a faulty server', () => {
  const large = someBytes(5 * PART_BYTES - 1);

  beforeEach(() => server.reset());

  describe('while reading', () => {
    const answerBody = (send: (response: ServerResponse) => void) => {
      server.intercept = ({ method }, response) => {
        if (method !== 'GET') return false;
        response.writeHead(200, { 'content-length': 1_000 });
        send(response);
        return true;
      };
    };
    const truncated = {
      code: 'STORAGE.TRUNCATED',
      retryable: true,
      context: { key: 'a', expected: 1_000, received: 400 },
    };

    beforeEach(() => storage.put('a', bodyOf(someBytes(1_000))));

    it('notices a body that ends before its length', async () => {
      answerBody((response) => response.write(Buffer.alloc(400), () => response.destroy()));
      await expect(storage.open('a').then(readAll)).rejects.toMatchObject(truncated);
    });

    it('notices a body that stops coming', async () => {
      answerBody((response) => response.write(Buffer.alloc(400)));
      const impatient = storageAt(endpoint, { stallTimeoutMs: 50 });
      await expect(impatient.open('a').then(readAll)).rejects.toMatchObject({ code: 'STORAGE.TRUNCATED' });
    });

    it('closes the connection of a reader that leaves', async () => {
      const closed = new Promise((resolve) => {
        answerBody((response) => {
          response.write(Buffer.alloc(400));
          response.on('close', resolve);
        });
      });
      await firstChunk(await storage.open('a'));
      await closed;
    });

    it('says that an object is gone', async () => {
      const body = await storage.open('a');
      await storage.remove('a');
      await expect(readAll(body)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
    });
  });

  describe('when the store does not do its part', () => {
    const named = (code: string, retryable: boolean, ...words: string[]) => ({
      code,
      retryable,
      message: expect.stringMatching(words.map((word) => `(?=.*${word})`).join('')) as string,
    });

    const callsOf = (store: ArchiveStorage): (() => Promise<unknown>)[] => [
      () => store.put('a', bodyOf(large)),
      ...everyCall(store),
    ];

    it('names address and setting when nothing listens, on every call', async () => {
      const closed = new LoopbackS3('attic');
      const address = await closed.start();
      await closed.stop();
      for (const call of callsOf(storageAt(address, { attempts: 1 }))) {
        await expect(call()).rejects.toMatchObject(
          named('STORAGE.UNAVAILABLE', true, address, 'S3_ENDPOINT', 'ECONNREFUSED'),
        );
      }
    });

    it('gives up on a storm of 503 after three attempts', async () => {
      server.intercept = (_, response) => Boolean(response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'));
      await expect(storage.check()).rejects.toMatchObject(named('STORAGE.UNAVAILABLE', true, endpoint, '503'));
      expect(server.countOf('HEAD')).toBe(3);
      for (const call of callsOf(storageAt(endpoint, { attempts: 1 }))) {
        await expect(call()).rejects.toMatchObject(named('STORAGE.UNAVAILABLE', true, endpoint, '503'));
      }
    });

    it('gets over a single 503', async () => {
      let failures = 0;
      server.intercept = (_, response) => (failures += 1) === 1 && Boolean(response.writeHead(503).end());
      await expect(storage.put('a', bodyOf('some'))).resolves.toEqual({ key: 'a', bytes: 4 });
    });

    it('fails and leaves nothing when a part, or the completion, keeps failing', async () => {
      for (const isBroken of [/partNumber=2/, /partNumber=5/, /^POST large\?uploadId/]) {
        server.reset();
        server.intercept = (_, response) =>
          isBroken.test(server.requests.at(-1) ?? '') && Boolean(response.writeHead(500).end());
        await expect(storageAt(endpoint, { attempts: 1 }).put('large', bodyOf(large))).rejects.toMatchObject({
          code: 'STORAGE.UNAVAILABLE',
        });
        expect([server.uploads.size, server.objects.size]).toEqual([0, 0]);
      }
    });

    it('does not take a completion that says 200 and then an error for a success', async () => {
      server.intercept = ({ method, query }, response) =>
        method === 'POST' &&
        query.has('uploadId') &&
        Boolean(response.writeHead(200).end('<Error><Code>InternalError</Code><Message>try later</Message></Error>'));
      await expect(storageAt(endpoint, { attempts: 1 }).put('large', bodyOf(large))).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
      });
      expect([server.uploads.size, server.objects.size]).toEqual([0, 0]);
    });

    it.each([
      { what: 'no answer', limits: { requestTimeoutMs: 50 }, begin: () => undefined },
      {
        what: 'half an answer',
        limits: { operationTimeoutMs: 100 },
        begin: (response: ServerResponse) => void response.writeHead(200).write('<ListBucketResult>'),
      },
    ])('does not wait for ever for $what', async ({ limits, begin }) => {
      server.intercept = (_, response) => (begin(response), true);
      const impatient = storageAt(endpoint, { attempts: 1, ...limits });
      await expect(collect(impatient.list(''))).rejects.toMatchObject(named('STORAGE.UNAVAILABLE', true, endpoint));
    });

    it('says that the bucket is missing, instead of the object', async () => {
      const nowhere = callsOf(storageAt(endpoint, {}, 'nowhere')).slice(0, -2);
      for (const call of [...nowhere, () => storageAt(endpoint, {}, 'nowhere').check()]) {
        await expect(call()).rejects.toMatchObject(
          named('STORAGE.BUCKET_NOT_FOUND', false, 'nowhere', endpoint, 'STORAGE_BUCKET'),
        );
      }
    });

    it('says that it was refused, on every call', async () => {
      server.intercept = (_, response) =>
        Boolean(response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>'));
      for (const call of callsOf(storage)) {
        await expect(call()).rejects.toMatchObject(
          named('STORAGE.REFUSED', false, endpoint, 'S3_ACCESS_KEY_ID', '403'),
        );
      }
    });

    it.each([
      '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
      '<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>',
      'Welcome to the login page of this hotel',
    ])('does not take %s for a whole listing', async (body) => {
      server.intercept = (_, response) => Boolean(response.writeHead(200).end(body));
      await expect(collect(storageAt(endpoint, { attempts: 1 }).list(''))).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
      });
    });
  });
});
