import { randomUUID } from 'node:crypto';
import { bodyOf } from '@scorekeep/platform/testing-platform';
import { loadSettings } from '@scorekeep/platform/util-config';
import { S3ArchiveStorage } from './s3-archive-storage.adapter';
import { S3SignedUrls } from './s3-signed-urls.adapter';
import { S3StorageSettings } from './s3-storage.settings';

const settings = loadSettings([S3StorageSettings]).get(S3StorageSettings);
const storage = new S3ArchiveStorage(settings);
const folder = `test-${randomUUID()}`;
const key = `${folder}/अ b+c%20.csv`;

describe('S3SignedUrls at the local S3Proxy', () => {
  beforeAll(() => storage.put(key, bodyOf('the report')));
  afterAll(() => storage.remove(key));

  it('lets anybody fetch the object', async () => {
    const { url } = await new S3SignedUrls(settings).sign(key, 60_000);
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, 'the report']);
  });

  it('lets nobody do anything else with it', async () => {
    const { url } = await new S3SignedUrls(settings).sign(key, 60_000);
    const other = url.replace(encodeURIComponent('अ'), 'other');
    for (const answer of [await fetch(other), await fetch(url, { method: 'DELETE' })]) expect(answer.status).toBe(403);
    await expect(storage.stat(key)).resolves.toBeDefined();
  });
});
