import { Injectable } from '@nestjs/common';
import {
  ArchiveReader,
  BatchAttempts,
  type BatchWeek,
  currentManifests,
  groupSorted,
  type Manifest,
  mergeSorted,
  weekEndMs,
  weekStartMs,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { ArchiveOptions } from '../archive-options';
import { type KeyCopies } from './judge-key';

interface Found {
  readonly row: WrittenAttempt;
  /** Of archived rows. */
  readonly manifest?: Manifest;
}

/** What the table and the archive hold of one batch and week, side by side. */
@Injectable()
export class WeekRows {
  constructor(
    private readonly attempts: BatchAttempts,
    private readonly reader: ArchiveReader,
    private readonly options: ArchiveOptions,
  ) {}

  /** The manifests of the week, in order of iteration. @throws ARCHIVE.UNREADABLE_MANIFEST, STORAGE.* */
  manifests(batchWeek: BatchWeek): Promise<Manifest[]> {
    return this.reader.weekManifests(batchWeek);
  }

  /**
   * Every key that the table or an object holds, in row order, in bounded memory. Objects are read in full and checked,
   * so what was made of the keys is void until the stream has ended. Replaced manifests are left out.
   *
   * @param signal ends the stream with its reason
   * @throws ARCHIVE.CORRUPTED, ARCHIVE.MISSING_OBJECT, STORAGE.*, CASSANDRA.*
   */
  async *join(batchWeek: BatchWeek, manifests: readonly Manifest[], signal?: AbortSignal): AsyncGenerator<KeyCopies> {
    const { order } = this.options;
    const objects = currentManifests(manifests).flatMap((manifest) =>
      manifest.objects.map((object) => tagged(this.reader.writtenRows(manifest, object), manifest)),
    );
    const sorted = mergeSorted<Found>([...objects, tagged(this.live(batchWeek))], (left, right) =>
      order(left.row, right.row),
    );
    for await (const group of groupSorted(sorted, (left, right) => order(left.row, right.row) === 0)) {
      signal?.throwIfAborted();
      const live = group.find(({ manifest }) => manifest === undefined)?.row;
      const copies = group.flatMap(({ row, manifest }) => (manifest ? [{ row, manifest }] : []));
      yield { copies, ...(live ? { live } : {}) };
    }
  }

  /** In row order, with answers. @throws CASSANDRA.* */
  live({ batchId, collectionId, week }: BatchWeek): AsyncIterable<WrittenAttempt> {
    return this.attempts.rows({
      batchId,
      collectionId,
      updatedFromMs: weekStartMs(week),
      updatedBeforeMs: weekEndMs(week),
    });
  }
}

async function* tagged(rows: AsyncIterable<WrittenAttempt>, manifest?: Manifest): AsyncGenerator<Found> {
  for await (const row of rows) yield manifest ? { row, manifest } : { row };
}
