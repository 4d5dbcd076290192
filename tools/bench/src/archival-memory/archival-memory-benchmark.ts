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
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { type MemorySample, memoryUse } from '../ingest-soak/memory-use';
import { interruption } from '../interruption';
import { parseNumbers } from '../option-values';

const ROOT = resolve(__dirname, '../../../..');
const SAMPLES = 200;
const MB = 2 ** 20;
const MAX_OBJECT_BYTES = 2 ** 30;
const WEEK_MS = Date.UTC(2026, 0, 7);
const BATCH_WEEK = { batchId: 'bench', collectionId: 'do_bench', week: isoWeekOf(WEEK_MS) };

const OPTIONS = { attempts: { least: SAMPLES, most: 100_000_000, preset: 5_000_000 } };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The pipeline of archive and verify, without a database before it: whether its memory grows with a batch. */
export const archivalMemoryBenchmark: Benchmark = {
  name: 'archival-memory',
  summary: 'memory of writing and reading back one week of millions of attempts that a generator makes',
  usage: `usage: npm run bench -- archival-memory [--attempts 5000000]

  --attempts  of the one batch and week, of 20 questions each; about 0.7 KB of disk for each`,
  async run(args) {
    const options = parseNumbers(args, OPTIONS);
    if (!options) return 2;
    environmentLines().forEach(say);
    say(`data      ${options.attempts} attempts of 20 questions in one batch and week, csv.gz on the local disk
measure   this process, the tools for TypeScript included: RSS at ${SAMPLES} points of each pass`);
    await measure(options.attempts, interruption());
    return 0;
  },
};

async function measure(attempts: number, signal: AbortSignal): Promise<void> {
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
    written.report('written');
    const read = new Pass(attempts, signal);
    const reader = new StorageArchiveReader(storage, streams, { prefix: 'archival', order });
    for await (const row of read.through(readBack(reader, manifest))) void row;
    read.report('read back');
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

  report(what: string): void {
    const { peakMb, earlyMb, lateMb } = memoryUse(this.samples);
    const seconds = (performance.now() - this.startedAt) / 1000;
    say(
      `${what.padEnd(10)}${(this.attempts / seconds).toFixed(0)} rows/s; RSS ${earlyMb.toFixed(0)} MB in the second quarter, ${lateMb.toFixed(0)} MB in the last, ${peakMb.toFixed(0)} MB at most`,
    );
  }
}
