import { ConsumptionRows, type RowChange, type StoredContent } from '@scorekeep/core/domain-content-state';
import { learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';

/** Rows of contents in memory. */
export class InMemoryConsumptionRows extends ConsumptionRows {
  private readonly learners = new Map<string, Map<string, StoredContent>>();

  override async find(learner: LearnerInBatch, contentIds: readonly string[]): Promise<StoredContent[]> {
    const rows = this.rowsOf(learner);
    return [...new Set(contentIds)].flatMap((contentId) => rows.get(contentId) ?? []);
  }

  override async replace(learner: LearnerInBatch, changes: readonly RowChange[]): Promise<readonly RowChange[]> {
    const rows = this.rowsOf(learner);
    const isAsFound = ({ found, merged }: RowChange): boolean =>
      (rows.get(merged.contentId)?.lastUpdatedMs ?? null) === (found?.lastUpdatedMs ?? null);
    if (!changes.every(isAsFound)) return changes;
    changes.forEach(({ merged }) => this.put(learner, merged));
    return [];
  }

  /** What has no value stays as it is. */
  put(learner: LearnerInBatch, row: StoredContent): void {
    const given = Object.entries(row).filter(([, value]) => value !== null);
    const before = this.rowsOf(learner).get(row.contentId) ?? row;
    this.rowsOf(learner).set(row.contentId, { ...before, ...Object.fromEntries(given) });
  }

  /** All rows of a learner, in the order in which they were made. */
  of(learner: LearnerInBatch): StoredContent[] {
    return [...this.rowsOf(learner).values()];
  }

  private rowsOf(learner: LearnerInBatch): Map<string, StoredContent> {
    const rows = this.learners.get(learnerKey(learner)) ?? new Map<string, StoredContent>();
    this.learners.set(learnerKey(learner), rows);
    return rows;
  }
}
