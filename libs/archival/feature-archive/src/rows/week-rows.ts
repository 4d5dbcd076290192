import { Injectable } from '@nestjs/common';
import {
  ArchiveReader,
  BatchAttempts,
  type BatchWeek,
  compareWeeks,
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
  readonly archived: boolean;
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
  async manifests({ batchId, collectionId, week }: BatchWeek): Promise<Manifest[]> {
    const ofBatch = await this.reader.manifests(batchId, collectionId);
    return ofBatch
      .filter((manifest) => compareWeeks(manifest.week, week) === 0)
      .sort((left, right) => left.iteration - right.iteration);
  }

  /**
   * Every key that the table or an object holds, in row order, in bounded memory. Objects are read in full and checked,
   * so what was made of the keys is void until the stream has ended.
   *
   * @param signal ends the stream with its reason
   * @throws ARCHIVE.CORRUPTED, ARCHIVE.MISSING_OBJECT, STORAGE.*, CASSANDRA.*
   */
  async *join(batchWeek: BatchWeek, manifests: readonly Manifest[], signal?: AbortSignal): AsyncGenerator<KeyCopies> {
    const { order } = this.options;
    const objects = manifests.flatMap((manifest) =>
      manifest.objects.map((object) => tagged(this.reader.writtenRows(manifest, object), true)),
    );
    const sorted = mergeSorted<Found>([...objects, tagged(this.live(batchWeek), false)], (left, right) =>
      order(left.row, right.row),
    );
    for await (const group of groupSorted(sorted, (left, right) => order(left.row, right.row) === 0)) {
      signal?.throwIfAborted();
      const live = group.find(({ archived }) => !archived)?.row;
      const copies = group.filter(({ archived }) => archived).map(({ row }) => row);
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

async function* tagged(rows: AsyncIterable<WrittenAttempt>, archived: boolean): AsyncGenerator<Found> {
  for await (const row of rows) yield { row, archived };
}
