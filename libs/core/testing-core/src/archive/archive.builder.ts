import {
  type BatchWeek,
  isoWeekOf,
  type Manifest,
  rowKeyOrder,
  type SegmentOptions,
  SegmentWriter,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { aRow } from '../scoring/attempts.builder';
import { hashToken } from './hash-token';
import { InMemoryByteStreams } from './in-memory-byte-streams';

/** When the rows of `aWrittenAttempt` were updated: Wednesday of week 2021-5. */
export const archivedOnMs = Date.parse('2021-02-03T10:00:00.000Z');

/** The batch, collection and week of `aWrittenAttempt`. */
export const archivedWeek: BatchWeek = {
  batchId: 'batch-1',
  collectionId: 'do_course',
  week: isoWeekOf(archivedOnMs),
};

/** The order of archives that tests write. */
export const archiveOrder = rowKeyOrder(hashToken);

/** How tests write archives; give what the test is about. */
export const segmentOptions: SegmentOptions = {
  prefix: 'archival',
  iteration: 1,
  epochMs: 1_613_000_000_000,
  maxObjectBytes: 1024 * 1024,
  toolVersion: '0.1.0',
  layout: 'unified',
  table: 'assessment_aggregator',
  nowMs: 1_613_000_000_500,
};

/** A row, of `archivedWeek` unless another time is given. */
export function aWrittenAttempt(userId: string, given: Partial<WrittenAttempt> = {}): WrittenAttempt {
  return { ...aRow(), userId, updatedOnMs: archivedOnMs, writeTimeUs: 1_612_346_400_000_123n, ...given };
}

/** Archives rows of one batch, collection and week, in whatever order they are given. */
export async function archiveRows(
  storage: ArchiveStorage,
  rows: readonly WrittenAttempt[],
  given: Partial<SegmentOptions> = {},
): Promise<Manifest> {
  const [first] = rows;
  if (!first) throw new Error('an archive needs a row');
  const { batchId, courseId: collectionId, updatedOnMs } = first;
  const sorted = async function* (): AsyncGenerator<WrittenAttempt> {
    yield* [...rows].sort(archiveOrder);
  };
  const options = { ...segmentOptions, ...given };
  const epochMs = given.epochMs ?? segmentOptions.epochMs + options.iteration;
  const writer = new SegmentWriter(storage, new InMemoryByteStreams(), archiveOrder);
  const batchWeek = { batchId, collectionId, week: isoWeekOf(updatedOnMs ?? archivedOnMs) };
  const manifest = await writer.writeSegments(batchWeek, sorted(), { ...options, epochMs });
  if (!manifest) throw new Error('nothing was archived');
  return manifest;
}
