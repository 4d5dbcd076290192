import { SettingsError } from '@scorekeep/platform/util-config';
import { loadArchiverSettings } from './archiver.settings';

describe('loadArchiverSettings', () => {
  it('chooses the local store by default', async () => {
    const { settings, store } = await loadArchiverSettings({});
    expect(store.open(settings).constructor.name).toBe('LocalArchiveStorage');
  });

  it('chooses the s3 store, and then needs its bucket', async () => {
    const { settings, store } = await loadArchiverSettings({ STORAGE_PROVIDER: 's3', STORAGE_BUCKET: 'bucket' });
    expect(store.open(settings).constructor.name).toBe('S3ArchiveStorage');
    await expect(loadArchiverSettings({ STORAGE_PROVIDER: 's3' })).rejects.toThrow('STORAGE_BUCKET');
  });

  it('says everything that is wrong at once', async () => {
    const failure: unknown = await loadArchiverSettings({
      STORAGE_PROVIDER: 'tape',
      ARCHIVE_PREFIX: '../up',
      ARCHIVE_WEEK_GRACE: 'a day',
      ARCHIVE_DELETE_AFTER: '7',
      AGG_DETAILS_TIME_ZONE: 'Mars/Phobos',
      STORAGE_LAYOUT: 'neither',
      CASSANDRA_CONTACT_POINTS: 'nowhere',
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SettingsError);
    expect((failure as SettingsError).problems.map(({ name }) => name).sort()).toEqual([
      'AGG_DETAILS_TIME_ZONE',
      'ARCHIVE_DELETE_AFTER',
      'ARCHIVE_PREFIX',
      'ARCHIVE_WEEK_GRACE',
      'CASSANDRA_CONTACT_POINTS',
      'STORAGE_LAYOUT',
      'STORAGE_PROVIDER',
    ]);
  });
});
