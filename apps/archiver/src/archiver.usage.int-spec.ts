import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiverStage } from './archiver-stage.fixture';

jest.setTimeout(120_000);

describe('archiver, asked wrongly or without servers', () => {
  let stage: ArchiverStage;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'unified', 's3');
  });
  afterAll(async () => stage.close());

  const nowhere = { CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' };

  it.each([
    [['archive', '--period', 'yesterday'], '--period'],
    [['archive', '--date', '2021-02-30'], '--date'],
    [['archive', '--before', 'soon'], '--before'],
    [['archive', '--older-than', '8'], '--older-than'],
    [['archive'], '--period'],
    [['archive', '--period', 'all', '--date', '2021-11-01'], '--date'],
    [['verify', '--collection', 'c'], '--collection'],
    [['delete', '--batch', 'b', '--batch-file', 'f'], '--batch-file'],
    [['delete', '--batch', ''], '--batch'],
    [['status', '--dry-run'], '--dry-run'],
    [['archive', '--period', 'all', '--batch-file', '/no/such/file'], '--batch-file'],
    [['forget'], 'forget'],
  ])('%j: exit 2, and the message names %s', async (args, named) => {
    const { code, stderr, stdout } = await stage.run(args, nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').find((line) => line.startsWith('error:'))).toContain(named);
  });

  it('says of every broken line of a batch file what is wrong, and starts nothing: exit 2', async () => {
    const file = join(stage.folder, 'broken.txt');
    writeFileSync(file, 'b1\n,c\nb2,c,d\n');
    const { code, stderr } = await stage.run(['archive', '--period', 'all', '--batch-file', file], nowhere);
    expect(code).toBe(2);
    expect(stderr).toContain('line 2 has no batch id');
    expect(stderr).toContain('line 3 has more than a batch and a collection');
  });

  it('says of every bad setting what is wrong: exit 78', async () => {
    const { code, stderr } = await stage.run(['status'], {
      STORAGE_PROVIDER: 'tape',
      STORAGE_LAYOUT: 'neither',
      ARCHIVE_WEEK_GRACE: 'long',
    });
    expect(code).toBe(78);
    for (const name of ['STORAGE_PROVIDER', 'STORAGE_LAYOUT', 'ARCHIVE_WEEK_GRACE']) expect(stderr).toContain(name);
  });

  it.each([
    [nowhere, '127.0.0.1:1', 'CASSANDRA_CONTACT_POINTS'],
    [{ CASSANDRA_KEYSPACE: 'no_such_keyspace' }, 'no_such_keyspace', 'CASSANDRA_KEYSPACE'],
    [{ S3_ENDPOINT: 'http://127.0.0.1:1' }, '127.0.0.1:1', 'S3_ENDPOINT'],
    [{ STORAGE_BUCKET: 'no-such-bucket' }, 'no-such-bucket', 'STORAGE_BUCKET'],
  ])('names address and setting when a server is not there: %j, exit 1', async (given, address, setting) => {
    for (const command of [['archive', '--period', 'all'], ['verify'], ['delete'], ['status']]) {
      const { code, stderr } = await stage.run(command, given);
      expect(code).toBe(1);
      expect(stderr).toContain(address);
      expect(stderr).toContain(setting);
    }
  });

  it('says that nothing is archived', async () => {
    expect(await stage.run(['status'])).toMatchObject({ code: 0, stdout: 'nothing is archived\n' });
    expect(await stage.run(['status', '--json'])).toMatchObject({ code: 0, stdout: '{"weeks":[]}\n' });
  });
});
