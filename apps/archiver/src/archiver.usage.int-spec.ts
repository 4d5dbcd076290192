import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeBeforeMs, weekEndMs } from '@scorekeep/core/domain-archive';
import { attempts, course, weekMs, weekNames } from './archived-attempts.fixture';
import { ArchiverStage, lastLine } from './archiver-stage.fixture';

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
    [['run', '--date', '2999-01-01'], '--date'],
    [['restore', '--week', '2021-22'], '--batch'],
    [['restore', '--batch', 'b', '--week', '2021-54'], '--week'],
    [['search', '--state', 'LOST'], '--state'],
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

  it('says of every unknown batch that it is unknown, and starts nothing: exit 2', async () => {
    const file = join(stage.folder, 'unknown.txt');
    writeFileSync(file, 'no-such-batch\nnor-this-one,c\n');
    for (const command of [['archive', '--period', 'all'], ['verify'], ['run', '--period', 'all']]) {
      const { code, stderr } = await stage.run([...command, '--batch-file', file]);
      expect(code).toBe(2);
      for (const name of ['no-such-batch', 'nor-this-one']) expect(stderr).toContain(`batch ${name} is unknown`);
    }
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

  it('takes batches from a file, and weeks by day, age and number', async () => {
    for (const batchId of ['file-1', 'file-2', 'file-3']) await stage.insert(attempts(batchId, 3));
    const file = join(stage.folder, 'batches.txt');
    writeFileSync(file, `# these\nfile-1\nfile-2, ${course}\nfile-3,do_other\n`);
    const plan = async (...args: string[]): Promise<string[]> => {
      const { stdout } = await stage.run(['archive', '--batch-file', file, '--dry-run', '--json', ...args]);
      const { weeks } = lastLine(stdout) as { weeks: { batchId: string; isoYear: number; isoWeek: number }[] };
      return weeks.map(({ batchId, isoYear, isoWeek }) => `${batchId} ${isoYear}-${isoWeek}`);
    };
    const both = (...names: string[]) =>
      ['file-1', 'file-2'].flatMap((batch) => names.map((name) => `${batch} ${name}`));
    expect(await plan('--period', 'all')).toEqual(both(...weekNames));
    expect(await plan('--date', '2021-01-03')).toEqual(both('2020-53'));
    expect(await plan('--before', '2021-01-11')).toEqual(both('2020-53', '2021-1'));
    expect(await plan('--older-than', '8w')).toEqual(both(...weekNames));
    const sinceMs = completeBeforeMs(Date.now(), 24 * 3600 * 1000) - weekEndMs({ isoYear: 2021, isoWeek: 1 });
    expect(await plan('--period', `last-weeks=${sinceMs / weekMs}`)).toEqual(both('2021-2'));
    expect(await plan('--period', 'last-week')).toEqual([]);
  });
});
