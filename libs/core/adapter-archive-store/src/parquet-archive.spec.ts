import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Manifest, SegmentWriter, StorageArchiveReader } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  anAnswer,
  anyStoredAttempt,
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  segmentOptions,
} from '@scorekeep/core/testing-core';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { bodyOf, collect, InMemoryArchiveStorage, readAll } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';

const streams = new NodeByteStreams();

async function archive(
  storage: InMemoryArchiveStorage,
  rows: readonly WrittenAttempt[],
  maxObjectBytes = 1_000_000,
): Promise<Manifest> {
  async function* source(): AsyncGenerator<WrittenAttempt> {
    yield* rows;
  }
  const options = { ...segmentOptions, maxObjectBytes, format: 'parquet' } as const;
  const manifest = await new SegmentWriter(storage, streams, archiveOrder).writeSegments(
    archivedWeek,
    source(),
    options,
  );
  if (!manifest) throw new Error('nothing was archived');
  return manifest;
}

async function readBack(storage: InMemoryArchiveStorage, manifest: Manifest): Promise<WrittenAttempt[]> {
  const reader = new StorageArchiveReader(storage, streams, { prefix: segmentOptions.prefix, order: archiveOrder });
  const rows = await Promise.all(manifest.objects.map((object) => collect(reader.writtenRows(manifest, object))));
  return rows.flat();
}

const someRows = (count: number): WrittenAttempt[] =>
  Array.from({ length: count }, (_, index) => aWrittenAttempt(`learner-${index}`)).sort(archiveOrder);

describe('an archive in Parquet', () => {
  it('gives back any rows as they were, from several objects too', async () => {
    const anyRows = fc.array(anyStoredAttempt, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyRows, fc.constantFrom(1, 3_000), async (contents, maxObjectBytes) => {
        const rows = someRows(contents.length + 1).map((row, index) => ({
          ...row,
          ...contents[index],
          ...{ batchId: row.batchId, courseId: row.courseId, userId: row.userId, updatedOnMs: row.updatedOnMs },
        }));
        const storage = new InMemoryArchiveStorage();
        expect(await readBack(storage, await archive(storage, rows.sort(archiveOrder), maxObjectBytes))).toEqual(rows);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('has its own names, and a manifest as that of CSV', async () => {
    const storage = new InMemoryArchiveStorage();
    const manifest = await archive(storage, someRows(2), 1);
    expect(manifest).toMatchObject({ format: 'parquet', rows: 2 });
    expect((await collect(storage.list(''))).map(({ key }) => key.slice(key.lastIndexOf('/') + 1))).toEqual([
      '2021-5-1.manifest.json',
      '2021-5-1613000000000-part2.parquet',
      '2021-5-1613000000000-part2.writetimes.gz',
      '2021-5-1613000000000.parquet',
      '2021-5-1613000000000.writetimes.gz',
    ]);
  });

  it('is read by DuckDB, typed, questions as a list of structs', async () => {
    const storage = new InMemoryArchiveStorage();
    const answers = [anAnswer({ questionId: 'q1', score: 0.33, params: [new Map([['1', '{"text":"A"}']])] })];
    const manifest = await archive(storage, [aWrittenAttempt('one', { answers, totalScore: null })]);
    const folder = await mkdtemp(join(tmpdir(), 'scorekeep-archive-'));
    const duckdb = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    try {
      const file = join(folder, 'rows.parquet');
      await writeFile(file, await readAll(await storage.open(manifest.objects[0]?.key ?? '')));
      const query = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowsJson();
      const types = Object.fromEntries(
        (await query(`DESCRIBE SELECT * FROM '${file}'`)).map(([name, type]) => [name as string, type]),
      );
      expect(types).toMatchObject({
        user_id: 'VARCHAR',
        updated_on: 'TIMESTAMP WITH TIME ZONE',
        total_score: 'DOUBLE',
        question: expect.stringMatching(
          /^STRUCT\(id VARCHAR, assess_ts TIMESTAMP WITH TIME ZONE, max_score DOUBLE/,
        ) as string,
      });
      const columns = 'user_id, epoch_ms(updated_on)::VARCHAR, total_score, question[1].score, question[1].params[1]';
      expect(await query(`SELECT ${columns} FROM '${file}'`)).toEqual([
        ['one', String(archivedOnMs), null, 0.33, [{ key: '1', value: '{"text":"A"}' }]],
      ]);
    } finally {
      duckdb.closeSync();
      await rm(folder, { recursive: true });
    }
  });

  it('fails loudly when an object was altered, cut short or is another one', async () => {
    const storage = new InMemoryArchiveStorage();
    const manifest = await archive(storage, someRows(3));
    const key = manifest.objects[0]?.key ?? '';
    const whole = await readAll(await storage.open(key));
    const other = new InMemoryArchiveStorage();
    await archive(
      other,
      someRows(3).map((row) => ({ ...row, totalScore: 4 })),
    );
    const altered = Uint8Array.from(whole);
    altered[60] = (altered[60] ?? 0) ^ 1;
    for (const bytes of [altered, whole.subarray(0, 100), new Uint8Array(), await readAll(await other.open(key))]) {
      await storage.put(key, bodyOf(bytes), { replace: true });
      await expect(readBack(storage, manifest)).rejects.toMatchObject({
        code: 'ARCHIVE.CORRUPTED',
        message: expect.stringContaining(key) as string,
      });
    }
  });

  it('is no archive when the rows that are read are not those that were written', async () => {
    const storage = new InMemoryArchiveStorage();
    const manifest = await archive(storage, someRows(1));
    const [object] = manifest.objects;
    if (!object) throw new Error('there was no object');
    const claimed = { ...manifest, objects: [{ ...object, content: { ...object.content, sha256: '0'.repeat(64) } }] };
    await expect(readBack(storage, claimed)).rejects.toMatchObject({ code: 'ARCHIVE.CORRUPTED' });
  });
});
