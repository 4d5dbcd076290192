import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { bodyOf, collect, describeArchiveStorage, inChunks, someBytes } from '@scorekeep/platform/testing-platform';
import { LoopbackS3 } from './loopback-s3.fixture';
import { PART_BYTES, storageAt } from './loopback-storage.fixture';
import { BUCKET_LIMITS } from '@scorekeep/platform/adapter-storage-bucket';

const server = new LoopbackS3('attic');
let endpoint: string;
let storage: ArchiveStorage;

beforeAll(async () => {
  endpoint = await server.start();
  storage = storageAt(endpoint);
});
afterAll(() => server.stop());

describeArchiveStorage('S3ArchiveStorage', async () => ({ storage: storageAt(endpoint, { listPageKeys: 50 }) }), {
  manyObjects: 130,
  largeBytes: 5_000_003,
});

describe('S3ArchiveStorage', () => {
  const large = someBytes(5 * PART_BYTES - 1);

  beforeEach(() => server.reset());

  it('sends a body up to one part in one request, a longer one in parts', async () => {
    await storage.put('one', inChunks(someBytes(PART_BYTES), 70_000));
    expect(server.requests).toEqual(['PUT one?x-id=PutObject', 'HEAD one?']);
    server.reset();
    await storage.put('two', inChunks(someBytes(PART_BYTES + 1), 70_000));
    expect(server.requests.filter((request) => request.includes('partNumber'))).toHaveLength(2);
    expect(server.uploads.size).toBe(0);
  });

  it('keeps few parts in memory, however slow the store', async () => {
    let mostAhead = 0;
    let taken = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (let part = 0; part < 12; part += 1) {
        taken += 1;
        mostAhead = Math.max(mostAhead, taken - server.requests.filter((each) => each.includes('partNumber')).length);
        yield someBytes(PART_BYTES);
      }
    }
    await storage.put('large', counted());
    expect(mostAhead).toBeLessThanOrEqual(BUCKET_LIMITS.concurrentParts + 2);
  });

  it('leaves no parts behind a body that broke', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield large;
      throw new Error('the source broke');
    }
    await expect(storage.put('large', broken())).rejects.toThrow('the source broke');
    expect([server.uploads.size, server.objects.size]).toEqual([0, 0]);
  });

  it('names objects as s3://bucket/key', () => {
    expect(storage.urlOf('a/%2F')).toBe('s3://attic/a/%2F');
  });

  it('does not list the folder markers of other tools', async () => {
    server.objects.set('a/', { bytes: Buffer.alloc(0), etag: 'x', putId: undefined });
    await storage.put('a/b', bodyOf('.'));
    await expect(collect(storage.list('a/'))).resolves.toEqual([{ key: 'a/b', bytes: 1 }]);
  });

  describe('finds out that the store holds something else:', () => {
    it.each([
      { what: 'a byte less', tamper: (stored: { bytes: Buffer }) => (stored.bytes = stored.bytes.subarray(1)) },
      { what: 'another MD5', tamper: (stored: { etag: string }) => (stored.etag = '0'.repeat(32)) },
      { what: 'another MD5 of parts', tamper: (stored: { etag: string }) => (stored.etag = `${'0'.repeat(32)}-5`) },
    ])('$what', async ({ tamper }) => {
      server.tamper = tamper;
      for (const body of [someBytes(1_000), large]) {
        await expect(storage.put('object', bodyOf(body))).rejects.toMatchObject({
          code: 'STORAGE.CORRUPTED',
          message: expect.stringContaining('it was removed') as string,
        });
        expect(server.objects.size).toBe(0);
      }
    });

    it('one part fewer', async () => {
      server.intercept = (request) => {
        const withoutLast = request.body.toString('latin1').replace('<PartNumber>5</PartNumber>', '');
        if (request.method === 'POST') request.body = Buffer.from(withoutLast, 'latin1');
        return false;
      };
      await expect(storage.put('large', bodyOf(large))).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED' });
      expect(server.objects.size).toBe(0);
    });

    it('other bytes than its own checksum says', async () => {
      server.intercept = (request) => {
        request.body.fill(0);
        return false;
      };
      await expect(storage.put('a', bodyOf('some'))).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED' });
      expect(server.objects.size).toBe(0);
    });

    it('nothing at all', async () => {
      server.intercept = ({ method }, response) => method === 'PUT' && Boolean(response.writeHead(200).end());
      await expect(storage.put('a', bodyOf('some'))).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED' });
    });

    it('and says so when it cannot remove it', async () => {
      server.tamper = (stored) => (stored.etag = '0'.repeat(32));
      server.intercept = ({ method }, response) => method === 'DELETE' && Boolean(response.writeHead(403).end());
      const message = expect.stringContaining('it could not be removed') as string;
      await expect(storage.put('a', bodyOf('some'))).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED', message });
    });
  });

  it.each([{ etag: 'an-opaque-tag' }, { etag: `${'0'.repeat(31)}` }])(
    'does not take the ETag $etag for a checksum',
    async ({ etag }) => {
      server.tamper = (stored) => (stored.etag = etag);
      await expect(storage.put('a', bodyOf('some'))).resolves.toEqual({ key: 'a', bytes: 4 });
    },
  );

  it.each(['aws:kms', 'aws:kms:dsse'])(
    'does not take the ETag of what %s encrypts for a checksum',
    async (encryption) => {
      server.intercept = ({ method }, response) => {
        const headers = {
          etag: `"${'0'.repeat(32)}"`,
          'content-length': 4,
          'x-amz-server-side-encryption': encryption,
        };
        return method === 'HEAD' && Boolean(response.writeHead(200, headers).end());
      };
      await expect(storage.put('a', bodyOf('some'))).resolves.toEqual({ key: 'a', bytes: 4 });
    },
  );

  it('stores bodies of a server that keeps no metadata', async () => {
    server.tamper = (stored) => (stored.putId = undefined);
    await storage.put('a', bodyOf('some'));
    await expect(storage.put('a', bodyOf('other'))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
  });

  describe('when an answer gets lost', () => {
    it.each([
      { what: 'a small object', body: someBytes(1_000), lost: (method: string) => method === 'PUT' },
      {
        what: 'a large object',
        body: large,
        lost: (method: string, query: URLSearchParams) => method === 'POST' && query.has('uploadId'),
      },
    ])('knows $what for its own', async ({ body, lost }) => {
      let losses = 0;
      server.loseAnswer = ({ method, query }) => lost(method, query) && (losses += 1) === 1;
      await expect(storage.put('a', bodyOf(body))).resolves.toEqual({ key: 'a', bytes: body.length });
      expect(losses).toBeGreaterThan(1);
      expect(server.objects.get('a')?.bytes.equals(body)).toBe(true);
    });

    it("does not know another writer's for its own", async () => {
      await storage.put('a', bodyOf('first'));
      server.loseAnswer = ({ method }) => method === 'PUT';
      await expect(storage.put('a', bodyOf('second'))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
      expect(server.objects.get('a')?.bytes.toString()).toBe('first');
    });
  });

  describe('when another writer comes between', () => {
    const another = { bytes: Buffer.from('another'), etag: 'x', putId: 'another' };

    it('has lost if it was to create the object', async () => {
      server.tamper = (stored) => Object.assign(stored, another);
      await expect(storage.put('a', bodyOf('mine'))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
      expect(server.objects.get('a')?.putId).toBe('another');
    });

    it('has had its moment if it was to replace it', async () => {
      server.tamper = (stored) => Object.assign(stored, another);
      await expect(storage.put('a', bodyOf('mine'), { replace: true })).resolves.toEqual({ key: 'a', bytes: 4 });
      expect(server.objects.get('a')?.putId).toBe('another');
    });

    it('reads a conflict as lost only when there is an object', async () => {
      server.intercept = ({ method }, response) => method === 'PUT' && Boolean(response.writeHead(409).end());
      const conflict = { code: 'STORAGE.UNAVAILABLE', retryable: true };
      await expect(storage.put('a', bodyOf('mine'))).rejects.toMatchObject(conflict);
      server.objects.set('a', another);
      await expect(storage.put('a', bodyOf('mine'))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
      await expect(storage.put('a', bodyOf('mine'), { replace: true })).rejects.toMatchObject(conflict);
    });
  });
});
