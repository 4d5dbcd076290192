import { SettingsError } from '@scorekeep/platform/util-config';
import { ArchiveLocationSettings } from '@scorekeep/core/adapter-archive-store';
import { loadExhaustSettings } from './exhaust-app.settings';

describe('loadExhaustSettings', () => {
  it('chooses the local store by default', async () => {
    const { settings, store } = await loadExhaustSettings({});
    expect(settings.get(ArchiveLocationSettings).ARCHIVE_PREFIX).toBe('archival');
    expect(store.open(settings).constructor.name).toBe('LocalArchiveStorage');
  });

  it('chooses the s3 store, and then needs its bucket', async () => {
    const { settings, store } = await loadExhaustSettings({
      STORAGE_PROVIDER: 's3',
      STORAGE_BUCKET: 'bucket',
      S3_REGION: 'r',
    });
    expect(store.open(settings).constructor.name).toBe('S3ArchiveStorage');
    await expect(loadExhaustSettings({ STORAGE_PROVIDER: 's3' })).rejects.toThrow('STORAGE_BUCKET');
  });

  it('says everything that is wrong at once', async () => {
    const failure: unknown = await loadExhaustSettings({
      STORAGE_PROVIDER: 'tape',
      ARCHIVE_PREFIX: '../up',
      STORAGE_LAYOUT: 'neither',
      REPORT_TIME_ZONE: 'Mars/Phobos',
      EXHAUST_JSON_STYLE: 'xml',
      CASSANDRA_CONTACT_POINTS: 'nowhere',
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SettingsError);
    expect((failure as SettingsError).problems.map(({ name }) => name).sort()).toEqual([
      'ARCHIVE_PREFIX',
      'CASSANDRA_CONTACT_POINTS',
      'EXHAUST_JSON_STYLE',
      'REPORT_TIME_ZONE',
      'STORAGE_LAYOUT',
      'STORAGE_PROVIDER',
    ]);
  });
});
