import { loadSettings } from '@scorekeep/platform/util-config';
import { LocalStorageSettings } from './local-storage.settings';

describe('LocalStorageSettings', () => {
  it('need nothing', () => {
    const settings = loadSettings([LocalStorageSettings], {}).get(LocalStorageSettings);
    expect({ ...settings }).toEqual({ STORAGE_LOCAL_ROOT: './data/storage' });
  });

  it('take a root and a bucket', () => {
    const environment = { STORAGE_LOCAL_ROOT: '/srv', STORAGE_BUCKET: 'exam-archive.2' };
    expect({ ...loadSettings([LocalStorageSettings], environment).get(LocalStorageSettings) }).toEqual(environment);
  });

  it.each(['..', '.', 'a/b', '/etc'])('refuse the bucket %j', (bucket) => {
    expect(() => loadSettings([LocalStorageSettings], { STORAGE_BUCKET: bucket })).toThrow('STORAGE_BUCKET');
  });
});
