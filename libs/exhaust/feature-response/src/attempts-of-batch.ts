import {
  type ArchivalLedger,
  type ArchiveReader,
  type BatchAttempts,
  currentManifests,
  greatestVersion,
  groupSorted,
  type Manifest,
  mergeSorted,
  type PartitionToken,
  type ReferenceFile,
  type ReferenceFiles,
  rowKeyOrder,
  type RowKeyOrder,
  sortInPasses,
} from '@scorekeep/core/domain-archive';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchiveSnapshot, assertNothingMissing, notOurs } from './archive-snapshot';
import { type ReportTally } from './report-tally';

export interface AttemptSources {
  readonly live: BatchAttempts;
  readonly archive: ArchiveReader;
  readonly ledger: ArchivalLedger;
  readonly reference: ReferenceFiles;
  readonly tokenOf: PartitionToken;
  /** For what is odd, but no error. */
  readonly warn: (message: string, context: Readonly<Record<string, unknown>>) => void;
}

/** Which attempts: of one batch, of every collection unless one is named. */
export interface BatchSelection {
  readonly batchId: string;
  readonly collectionId?: string;
}

/** Of the reference's rows, whose files are in no order: some 100 MB. */
const mostSortedAtOnce = 5_000;

const lowestToken = -(2n ** 63n);
const tokens = 2n ** 64n;

/** Every attempt of a batch, archived or not. */
export class AttemptsOfBatch {
  private readonly order: RowKeyOrder;
  private readonly warnedOf = new Set<string>();

  constructor(private readonly sources: AttemptSources) {
    this.order = rowKeyOrder(sources.tokenOf);
  }

  /** What is archived now. @throws ARCHIVE.MISSING_MANIFEST, ARCHIVE.UNREADABLE_MANIFEST, STORAGE.*, CASSANDRA.* */
  async snapshot({ batchId, collectionId }: BatchSelection): Promise<ArchiveSnapshot> {
    const { archive, ledger, reference } = this.sources;
    const records = await ledger.ofBatch(batchId);
    const manifests = await archive.manifests(batchId, collectionId);
    assertNothingMissing(
      records.filter((record) => collectionId === undefined || record.collectionId === collectionId),
      manifests,
    );
    const files = await reference.list(batchId, collectionId);
    const referenceFiles = files.length === 0 ? [] : notOurs(files, manifests, await ledger.ofBatch(batchId));
    this.warnOf(batchId, referenceFiles);
    return { manifests: currentManifests(manifests), referenceFiles };
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
    const foreign = this.foreign(selection, snapshot, tally);
    const rows = mergeSorted<StoredAttempt>([live, ...archived, foreign], this.order);
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

  /** Read again and again, part by part: nothing is put on disk. */
  private foreign(
    { batchId, collectionId }: BatchSelection,
    { referenceFiles }: ArchiveSnapshot,
    { figures }: ReportTally,
  ): AsyncGenerator<StoredAttempt> {
    const { reference } = this.sources;
    const read = async function* (): AsyncGenerator<StoredAttempt> {
      for (const file of referenceFiles) {
        for await (const row of reference.rows(file)) {
          if (row.batchId === batchId && (collectionId ?? row.courseId) === row.courseId) yield row;
        }
      }
    };
    return counted(sortInPasses(read, this.order, mostSortedAtOnce), () => (figures.rowsFromArchive += 1));
  }

  /** Once for each file: a report looks at them more than once. */
  private warnOf(batchId: string, files: readonly ReferenceFile[]): void {
    const unknown = files.filter(({ key }) => !this.warnedOf.has(key));
    if (unknown.length === 0) return;
    for (const { key } of unknown) this.warnedOf.add(key);
    const context = { batchId, files: unknown.length, first: unknown[0]?.key };
    this.sources.warn('archived files without a manifest: taken for those of the reference, and read in full', context);
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
