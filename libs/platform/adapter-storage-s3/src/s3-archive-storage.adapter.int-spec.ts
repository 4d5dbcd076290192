import { randomUUID } from 'node:crypto';
import { BUCKET_LIMITS } from '@scorekeep/platform/adapter-storage-bucket';
import {
  bodyOf,
  describeArchiveStorage,
  describeStorageFaults,
  PrefixedArchiveStorage,
} from '@scorekeep/platform/testing-platform';
import { loadSettings } from '@scorekeep/platform/util-config';
import { S3ArchiveStorage } from './s3-archive-storage.adapter';
import { S3StorageSettings } from './s3-storage.settings';
import { S3Mock } from './s3mock.fixture';

const settings = () => loadSettings([S3StorageSettings]).get(S3StorageSettings);

describeArchiveStorage(
  'S3ArchiveStorage at the local S3Proxy',
  async () => {
    const storage = new PrefixedArchiveStorage(new S3ArchiveStorage(settings()), `test-${randomUUID()}`);
    return { storage, cleanUp: () => storage.clear() };
  },
  { atomicCreate: false },
);

// Tomcat before it refuses backslashes; it removes the object when an upload in parts is given up.
describeArchiveStorage(
  'S3ArchiveStorage at S3Mock',
  async () => {
    const server = await S3Mock.start();
    return { storage: new S3ArchiveStorage(server.settings), cleanUp: () => server.stop() };
  },
  { refusedNames: ['back\\slash'], keepsFormerOnAbort: false },
);

describeStorageFaults('S3ArchiveStorage at the local S3Proxy', async () => {
  const target = settings().S3_ENDPOINT ?? '';
  const prefix = `test-${randomUUID()}`;
  return {
    target,
    storageAt: (address) => {
      const there = Object.assign(settings(), { S3_ENDPOINT: `http://${address}` });
      return new PrefixedArchiveStorage(new S3ArchiveStorage(there, { ...BUCKET_LIMITS, stallTimeoutMs: 500 }), prefix);
    },
    isContent: (path) => path.includes('/object'),
    expired: { status: 400, body: '<Error><Code>ExpiredToken</Code><Message>has expired</Message></Error>' },
    settings: { address: 'S3_ENDPOINT', credentials: 'S3_SECRET_ACCESS_KEY' },
  };
});

describe('S3ArchiveStorage at the local S3Proxy', () => {
  it.each([{ S3_ACCESS_KEY_ID: 'unknown' }, { S3_SECRET_ACCESS_KEY: 'wrong' }])(
    'is refused with other keys, %j',
    async (wrong) => {
      const storage = new S3ArchiveStorage(Object.assign(settings(), wrong));
      await expect(storage.check()).rejects.toMatchObject({ code: 'STORAGE.REFUSED' });
      await expect(storage.open('a')).rejects.toMatchObject({ code: 'STORAGE.REFUSED' });
      await expect(storage.put('a', bodyOf('.'))).rejects.toMatchObject({ code: 'STORAGE.REFUSED' });
    },
  );

  it('does not find a bucket that is not there', async () => {
    const storage = new S3ArchiveStorage(Object.assign(settings(), { STORAGE_BUCKET: `no-${randomUUID()}` }));
    await expect(storage.check()).rejects.toMatchObject({ code: 'STORAGE.BUCKET_NOT_FOUND' });
    await expect(storage.stat('a')).rejects.toMatchObject({ code: 'STORAGE.BUCKET_NOT_FOUND' });
    await expect(storage.put('a', bodyOf('.'))).rejects.toMatchObject({ code: 'STORAGE.BUCKET_NOT_FOUND' });
  });
});
