import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  isoWeekOf,
  type Manifest,
  rowKeyOrder,
  SegmentWriter,
  StorageArchiveReader,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { LocalArchiveStorage } from '@scorekeep/platform/adapter-storage-local';
import { benchRows } from '../archival/bench-rows';
import { type MemorySample, memoryUse } from '../ingest-soak/memory-use';

const ROOT = resolve(__dirname, '../../../..');
export const SAMPLES = 200;
const MB = 2 ** 20;
const MAX_OBJECT_BYTES = 2 ** 30;
const WEEK_MS = Date.UTC(2026, 0, 7);
const BATCH_WEEK = { batchId: 'bench', collectionId: 'do_bench', week: isoWeekOf(WEEK_MS) };

/** Writes and reads back one week of generated attempts, and says what this process held meanwhile. */
export async function measurePipeline(
  attempts: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(ROOT, 'data/bench-memory-'));
  const order = rowKeyOrder((userId) => BigInt(userId));
  const storage = new LocalArchiveStorage({ STORAGE_LOCAL_ROOT: folder, STORAGE_BUCKET: 'bench' });
  const streams = new NodeByteStreams();
  try {
    const written = new Pass(attempts, signal);
    const now = { epochMs: Date.now(), nowMs: Date.now() };
    const place = {
      prefix: 'archival',
      layout: 'unified',
      table: 'assessment_aggregator',
      toolVersion: 'bench',
    } as const;
    const options = { ...now, ...place, iteration: 1, maxObjectBytes: MAX_OBJECT_BYTES };
    const manifest = await new SegmentWriter(storage, streams, order).writeSegments(
      BATCH_WEEK,
      written.through(generated(attempts)),
      options,
    );
    say(written.report('written'));
    const read = new Pass(attempts, signal);
    const reader = new StorageArchiveReader(storage, streams, { prefix: 'archival', order });
    for await (const row of read.through(readBack(reader, manifest))) void row;
    say(read.report('read back'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In row order, which here is that of the users' numbers. */
async function* generated(attempts: number): AsyncGenerator<WrittenAttempt> {
  let index = 0;
  for (const row of benchRows({ batchId: 'bench', courseId: 'do_bench', attempts, weekMs: WEEK_MS })) {
    yield { ...row, userId: String((index += 1)), writeTimeUs: BigInt(row.lastAttemptedOnMs ?? 0) * 1000n };
  }
}

async function* readBack(reader: StorageArchiveReader, manifest: Manifest | undefined): AsyncGenerator<WrittenAttempt> {
  for (const object of manifest?.objects ?? []) if (manifest) yield* reader.writtenRows(manifest, object);
}

/** One pass over all rows, and what the process held meanwhile. */
class Pass {
  private readonly samples: MemorySample[] = [];
  private readonly startedAt = performance.now();

  constructor(
    private readonly attempts: number,
    private readonly signal: AbortSignal,
  ) {}

  async *through(rows: AsyncIterable<WrittenAttempt>): AsyncGenerator<WrittenAttempt> {
    const every = Math.floor(this.attempts / SAMPLES);
    let count = 0;
    for await (const row of rows) {
      count += 1;
      if (count % every === 0) {
        this.signal.throwIfAborted();
        this.samples.push({ events: count, rssMb: process.memoryUsage.rss() / MB });
      }
      yield row;
    }
    if (count !== this.attempts) throw new Error(`${count} rows instead of ${this.attempts}`);
  }

  report(what: string): string {
    const { peakMb, earlyMb, lateMb } = memoryUse(this.samples);
    const seconds = (performance.now() - this.startedAt) / 1000;
    return `${what.padEnd(10)}${(this.attempts / seconds).toFixed(0)} rows/s; RSS ${earlyMb.toFixed(0)} MB in the second quarter, ${lateMb.toFixed(0)} MB in the last, ${peakMb.toFixed(0)} MB at most`;
  }
}
