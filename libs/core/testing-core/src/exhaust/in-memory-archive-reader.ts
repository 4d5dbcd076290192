import {
  ArchiveReader,
  archiveColumns,
  type BatchWeek,
  compareWeeks,
  formatIsoWeek,
  type Manifest,
  type ManifestObject,
  type RowKeyOrder,
} from '@scorekeep/core/domain-archive';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';

const noHash = '0'.repeat(64);

/** What is archived, in memory: one object a manifest. Objects can be made unreadable. */
export class InMemoryArchiveReader extends ArchiveReader {
  private readonly published = new Map<string, Manifest>();
  private readonly objects = new Map<string, readonly WrittenAttempt[] | AppError>();

  constructor(private readonly order: RowKeyOrder) {
    super();
  }

  /** Publishes the rows as one more manifest of the week, with one object. */
  publish(batchWeek: BatchWeek, rows: readonly WrittenAttempt[], iteration = 1): Manifest {
    const { batchId, collectionId, week } = batchWeek;
    const name = `${batchId}_${collectionId}/${formatIsoWeek(week)}-${iteration}`;
    const file = { bytes: 0, sha256: noHash };
    const object = { key: `${name}.csv.gz`, rows: rows.length, ...file, content: file };
    const manifest: Manifest = {
      ...batchWeek,
      formatVersion: 1,
      key: `${name}.manifest.json`,
      iteration,
      table: 'assessment_aggregator',
      layout: 'unified',
      format: 'csv.gz',
      columns: archiveColumns,
      rows: rows.length,
      objects: [{ ...object, writeTimes: { key: `${name}.writetimes.gz`, ...file } }],
      minUpdatedOnMs: 0,
      maxUpdatedOnMs: 0,
      maxWriteTimeUs: 0n,
      toolVersion: '0.0.0',
      createdOnMs: 0,
    };
    this.published.set(manifest.key, manifest);
    this.objects.set(object.key, [...rows].sort(this.order));
    return manifest;
  }

  /** Takes a manifest and its objects away. */
  withdraw(manifest: Manifest): void {
    this.published.delete(manifest.key);
    for (const { key } of manifest.objects) this.objects.delete(key);
  }

  /** From now on reading an object of the manifest ends with an error. */
  spoil(manifest: Manifest): void {
    for (const { key } of manifest.objects) {
      this.objects.set(key, new AppError('ARCHIVE.CORRUPTED', `${key} is not what was archived`));
    }
  }

  override async manifests(batchId: string, collectionId?: string): Promise<Manifest[]> {
    return [...this.published.values()]
      .filter((each) => each.batchId === batchId && (collectionId ?? each.collectionId) === each.collectionId)
      .sort((left, right) => (left.key < right.key ? -1 : 1));
  }

  override async weekManifests({ batchId, collectionId, week }: BatchWeek): Promise<Manifest[]> {
    const manifests = await this.manifests(batchId, collectionId);
    return manifests
      .filter((manifest) => compareWeeks(manifest.week, week) === 0)
      .sort((left, right) => left.iteration - right.iteration);
  }

  override async *rows(manifest: Manifest, object: ManifestObject): AsyncGenerator<StoredAttempt> {
    for await (const { writeTimeUs: _hidden, ...row } of this.writtenRows(manifest, object)) yield row;
  }

  override async *writtenRows(_manifest: Manifest, object: ManifestObject): AsyncGenerator<WrittenAttempt> {
    const rows = this.objects.get(object.key);
    if (rows === undefined) throw new AppError('ARCHIVE.MISSING_OBJECT', `${object.key} is not there`);
    if (rows instanceof AppError) throw rows;
    yield* rows;
  }
}
