import { InMemoryByteStreams } from '@scorekeep/core/testing-core';
import { collect, InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { gzipSync } from 'node:zlib';
import { StorageReferenceFiles } from './storage-reference-files';

const header =
  'batch_id,course_id,user_id,content_id,attempt_id,grand_total,total_score,total_max_score,updated_on,created_on,last_attempted_on,question\n';
const line = (batchId: string, userId: string) =>
  `${batchId},do_1,${userId},quiz,a1,1.0/2.0,1.0,2.0,1700000060000,null,2023-11-14T22:13:20.000Z,"[{\\"id\\":\\"q1\\",\\"assess_ts\\":\\"2023-11-14T22:13:21.000Z\\",\\"score\\":1.0}]"\n`;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe('StorageReferenceFiles', () => {
  let storage: InMemoryArchiveStorage;
  let files: StorageReferenceFiles;
  const put = (key: string, content: Uint8Array = gzipSync(header)) => storage.put(`archive/${key}`, once(content));

  beforeEach(() => {
    storage = new InMemoryArchiveStorage();
    files = new StorageReferenceFiles(storage, new InMemoryByteStreams(), 'archive');
  });

  it('finds the files of a batch, of every collection or of one', async () => {
    await put('b1_do_1/2021-5-1612345678901.csv.gz');
    await put('b1_do_1/2021-5-1.manifest.json');
    await put('b1_do_1/2021-5-1612345678901.writetimes.gz');
    await put('b1_do_2/2021-6-1612345678901.csv.gz');
    await put('b2_do_1/2021-5-1612345678901.csv.gz');
    const keys = async (...of: [string, string?]) => (await files.list(...of)).map(({ key }) => key);
    expect(await keys('b1')).toEqual([
      'archive/b1_do_1/2021-5-1612345678901.csv.gz',
      'archive/b1_do_2/2021-6-1612345678901.csv.gz',
    ]);
    expect(await keys('b1', 'do_2')).toEqual(['archive/b1_do_2/2021-6-1612345678901.csv.gz']);
    expect(await keys('b3')).toEqual([]);
  });

  it('reads them as the reference wrote them', async () => {
    await put('b1_do_1/f.csv.gz', gzipSync(header + line('b1', 'z') + line('b1', 'a')));
    const [file] = await files.list('b1');
    const rows = await collect(files.rows(file ?? { key: '', bytes: 0 }));
    expect(rows.map(({ userId }) => userId)).toEqual(['z', 'a']);
    expect(rows[0]).toMatchObject({ lastAttemptedOnMs: 1_700_000_000_000, answers: [{ questionId: 'q1', score: 1 }] });
  });

  it.each([
    { name: 'no gzip', content: Buffer.from('text'), words: 'cannot be unpacked' },
    { name: 'cut off', content: gzipSync(header + line('b1', 'a')).subarray(0, 60), words: 'cannot be unpacked' },
    { name: 'no rows of ours', content: gzipSync('a,b\n1,2\n'), words: 'it has no column' },
  ])('fails, naming the file, when it is $name', async ({ content, words }) => {
    await put('b1_do_1/f.csv.gz', content);
    const [file] = await files.list('b1');
    await expect(collect(files.rows(file ?? { key: '', bytes: 0 }))).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: expect.stringMatching(new RegExp(`f.csv.gz.*${words}`)) as unknown,
    });
  });
});
