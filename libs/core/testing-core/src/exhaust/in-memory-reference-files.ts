import { batchFolder, batchPrefix, type ReferenceFile, ReferenceFiles } from '@scorekeep/core/domain-archive';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';

/** Files of the reference that a test writes down. */
export class InMemoryReferenceFiles extends ReferenceFiles {
  private readonly files = new Map<string, readonly StoredAttempt[] | AppError>();

  /** @param rows or what reading the file ends with */
  add(key: string, rows: readonly StoredAttempt[] | AppError): void {
    this.files.set(key, rows);
  }

  override async list(batchId: string, collectionId?: string): Promise<ReferenceFile[]> {
    const start = collectionId === undefined ? batchPrefix('', batchId) : `${batchFolder('', batchId, collectionId)}/`;
    const keys = [...this.files.keys()].filter((key) => key.startsWith(start)).sort();
    return keys.map((key) => ({ key, bytes: 1 }));
  }

  override async *rows({ key }: ReferenceFile): AsyncGenerator<StoredAttempt> {
    const rows = this.files.get(key) ?? [];
    if (rows instanceof AppError) throw rows;
    yield* rows;
  }
}
