import {
  type ArchivalLedger,
  type ArchiveReader,
  type BatchAttempts,
  greatestVersion,
  groupSorted,
  type Manifest,
  mergeSorted,
  type PartitionToken,
  rowKeyOrder,
  type RowKeyOrder,
} from '@scorekeep/core/domain-archive';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchiveSnapshot, assertNothingMissing } from './archive-snapshot';
import { type ReportTally } from './report-tally';

export interface AttemptSources {
  readonly live: BatchAttempts;
  readonly archive: ArchiveReader;
  readonly ledger: ArchivalLedger;
  readonly tokenOf: PartitionToken;
}

/** Which attempts: of one batch, of every collection unless one is named. */
export interface BatchSelection {
  readonly batchId: string;
  readonly collectionId?: string;
}

const lowestToken = -(2n ** 63n);
const tokens = 2n ** 64n;

/** Every attempt of a batch, archived or not. */
export class AttemptsOfBatch {
  private readonly order: RowKeyOrder;

  constructor(private readonly sources: AttemptSources) {
    this.order = rowKeyOrder(sources.tokenOf);
  }

  /** What is archived now. @throws ARCHIVE.MISSING_MANIFEST, ARCHIVE.UNREADABLE_MANIFEST, STORAGE.*, CASSANDRA.* */
  async snapshot({ batchId, collectionId }: BatchSelection): Promise<ArchiveSnapshot> {
    const { archive, ledger } = this.sources;
    const records = await ledger.ofBatch(batchId);
    const manifests = await archive.manifests(batchId, collectionId);
    assertNothingMissing(
      records.filter((record) => collectionId === undefined || record.collectionId === collectionId),
      manifests,
    );
    return { manifests };
  }

  /**
   * The attempts of a snapshot and the live rows as one, each once and as its greatest version, in row order. Holds a
   * row or two of each week, whatever the size of the batch.
   *
   * @param tally counts the rows read
   * @throws what the sources throw: nothing is taken for empty because it cannot be read
   */
  async *read(selection: BatchSelection, snapshot: ArchiveSnapshot, tally: ReportTally): AsyncGenerator<StoredAttempt> {
    const live = counted(this.sources.live.rows(selection), () => (tally.figures.rowsFromTable += 1));
    const archived = snapshot.manifests.map((manifest) => this.archived(manifest, tally));
    const rows = mergeSorted<StoredAttempt>([live, ...archived], this.order);
    for await (const versions of groupSorted(rows, (left, right) => this.order(left, right) === 0)) {
      const attempt = greatestVersion(versions);
      if (attempt) yield attempt;
    }
  }

  /** How much of the batch lies before the end of these attempts, 0–100: tokens are spread evenly. */
  percentBefore(attempts: readonly StoredAttempt[]): number {
    const last = attempts.at(-1);
    if (!last) return 0;
    const token = this.sources.tokenOf(last.userId, last.courseId);
    return Number(((token - lowestToken) * 100n) / tokens);
  }

  /** Parts of a manifest follow each other in row order, so only one of them is open at a time. */
  private async *archived(manifest: Manifest, { figures }: ReportTally): AsyncGenerator<StoredAttempt> {
    for (const object of manifest.objects) {
      yield* counted(this.sources.archive.rows(manifest, object), () => (figures.rowsFromArchive += 1));
    }
  }
}

async function* counted<T>(items: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const item of items) {
    count();
    yield item;
  }
}
