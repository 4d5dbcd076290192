import { loadSettings } from '@scorekeep/platform/util-config';
import { S3StorageSettings } from './s3-storage.settings';

const load = (environment: Record<string, string>) =>
  loadSettings([S3StorageSettings], environment).get(S3StorageSettings);

describe('S3StorageSettings', () => {
  it('need a bucket only', () => {
    expect({ ...load({ STORAGE_BUCKET: 'attic' }) }).toEqual({ STORAGE_BUCKET: 'attic', S3_FORCE_PATH_STYLE: false });
  });

  it("take a server of one's own", () => {
    const environment = {
      STORAGE_BUCKET: 'attic',
      S3_ENDPOINT: 'http://localhost:9000',
      S3_REGION: 'eu-west-1',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
      S3_FORCE_PATH_STYLE: 'true',
    };
    expect({ ...load(environment) }).toEqual({ ...environment, S3_FORCE_PATH_STYLE: true });
  });

  it.each([
    { name: 'STORAGE_BUCKET', environment: {} },
    { name: 'S3_ENDPOINT', environment: { STORAGE_BUCKET: 'attic', S3_ENDPOINT: 'localhost:9000' } },
    { name: 'S3_ENDPOINT', environment: { STORAGE_BUCKET: 'attic', S3_ENDPOINT: 'http://id:secret@localhost:9000' } },
    { name: 'S3_SECRET_ACCESS_KEY', environment: { STORAGE_BUCKET: 'attic', S3_ACCESS_KEY_ID: 'id' } },
    { name: 'S3_ACCESS_KEY_ID', environment: { STORAGE_BUCKET: 'attic', S3_SECRET_ACCESS_KEY: 'secret' } },
    { name: 'S3_FORCE_PATH_STYLE', environment: { STORAGE_BUCKET: 'attic', S3_FORCE_PATH_STYLE: 'maybe' } },
  ])('refuse $environment because of $name', ({ name, environment }) => {
    expect(() => load(environment)).toThrow(name);
  });
});
