import { S3SignedUrls } from './s3-signed-urls.adapter';
import { S3StorageSettings } from './s3-storage.settings';

const signedUrls = (settings: Partial<S3StorageSettings> = {}) =>
  new S3SignedUrls(
    Object.assign(
      new S3StorageSettings(),
      {
        STORAGE_BUCKET: 'attic',
        S3_ENDPOINT: 'http://127.0.0.1:1',
        S3_REGION: 'here',
        S3_ACCESS_KEY_ID: 'id',
        S3_SECRET_ACCESS_KEY: 'not a secret',
        S3_FORCE_PATH_STYLE: true,
      },
      settings,
    ),
  );

describe('S3SignedUrls', () => {
  it('signs a download of one object under its name, without asking the store', async () => {
    const before = Date.now();
    const { kind, url, expiresAtMs } = await signedUrls().sign('reports/r 1/b_response.csv', 60_000);
    const { origin, pathname, searchParams } = new URL(url);
    expect(kind).toBe('signed');
    expect(origin + pathname).toBe('http://127.0.0.1:1/attic/reports/r%201/b_response.csv');
    expect(searchParams.get('X-Amz-Expires')).toBe('60');
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host');
    expect(searchParams.get('response-content-disposition')).toBe('attachment; filename="b_response.csv"');
    expect(expiresAtMs).toBeGreaterThan(before + 58_000);
    expect(expiresAtMs).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(url).not.toContain('not a secret');
  });

  it.each([
    { ttlMs: 30 * 86_400_000, seconds: '604800', why: 'no signature lives longer than seven days' },
    { ttlMs: 10, seconds: '1', why: 'a shorter time is none' },
    { ttlMs: 1_999, seconds: '1', why: 'never longer than asked' },
  ])('of $ttlMs ms live $seconds s: $why', async ({ ttlMs, seconds }) => {
    const { url, expiresAtMs } = await signedUrls().sign('a', ttlMs);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe(seconds);
    expect(expiresAtMs).toBeLessThanOrEqual(Date.now() + Number(seconds) * 1_000);
  });

  it('refuses what is no key', async () => {
    await expect(signedUrls().sign('../a', 1_000)).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
  });

  it('says which setting is missing', async () => {
    const { S3_REGION: _region, ...rest } = Object.assign(new S3StorageSettings(), { STORAGE_BUCKET: 'attic' });
    const withoutRegion = new S3SignedUrls(
      Object.assign(new S3StorageSettings(), rest, { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }),
    );
    await expect(withoutRegion.sign('a', 1_000)).rejects.toMatchObject({
      code: 'STORAGE.REFUSED',
      message: expect.stringContaining('S3_REGION') as string,
    });
  });
});
