import {
  type ArchivedCopy,
  archivedCopy,
  type LearnerInBatch,
  learnerKey,
  type StoredAttempt,
} from '@scorekeep/core/domain-scoring';
import { type UnitCounts } from '@scorekeep/migration/domain-migration';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type Unit } from '../runs/run-units';
import { type ArchivedRow, type ArchiveFolder, type ArchiveFolders } from './archive-folders';
import { type UnitFindings } from './score-findings';
import { type ScoreWork } from './score-work';

/** Compressed; rows without their answers take a small part of it in memory. */
const BYTES_PER_PASS = 256 * 1024 * 1024;
const LEARNERS_AT_ONCE = 16;

interface ArchivedLearner {
  readonly learner: LearnerInBatch;
  readonly copies: ArchivedCopy[];
}

type Count = 'scorekeepObjects' | 'referenceObjects' | 'changed';

/** Learners of archived objects, a folder a unit: a learner's archived attempts are looked at all together. */
export class ArchiveUnits {
  constructor(
    private readonly folders: ArchiveFolders,
    private readonly work: ScoreWork,
    private readonly batches: ReadonlySet<string> | undefined,
  ) {}

  async list(): Promise<Unit[]> {
    const folders = await this.folders.list(this.batches);
    return folders.map((folder) =>
      this.work.unit(`archive:${folder.name}`, (found, signal) => this.migrate(folder, found, signal)),
    );
  }

  /** A large folder is read several times, some of its learners each time. */
  private async migrate(folder: ArchiveFolder, found: UnitFindings, signal: AbortSignal): Promise<UnitCounts> {
    const counts: Record<Count, number> = { scorekeepObjects: 0, referenceObjects: 0, changed: 0 };
    const bytes = folder.objects.reduce((sum, object) => sum + object.bytes, 0);
    const passes = Math.max(1, Math.ceil(bytes / BYTES_PER_PASS));
    for (let pass = 0; pass < passes; pass += 1) {
      const learners = new Map<string, ArchivedLearner>();
      for await (const archived of this.folders.rows(folder)) {
        signal.throwIfAborted();
        if (this.isWanted(archived.row) && passOf(archived.row, passes) === pass) {
          collect(archived, { learners, counts, found });
        }
      }
      counts.changed += await this.migrateAll([...learners.values()], found, signal);
    }
    return counts;
  }

  private isWanted({ batchId }: StoredAttempt): boolean {
    return !this.batches || this.batches.has(batchId);
  }

  private async migrateAll(
    learners: readonly ArchivedLearner[],
    found: UnitFindings,
    signal: AbortSignal,
  ): Promise<number> {
    let changed = 0;
    for (let start = 0; start < learners.length; start += LEARNERS_AT_ONCE) {
      signal.throwIfAborted();
      const some = learners.slice(start, start + LEARNERS_AT_ONCE);
      const migrated = await Promise.all(
        some.map(async ({ learner, copies }) => {
          const { conflicts, counts } = await this.work.migrate(learner, { archived: copies, rows: [] }, found);
          found.conflict(learner, 'archive', conflicts);
          return counts;
        }),
      );
      changed += migrated.filter((counts) => counts).length;
    }
    return changed;
  }
}

interface Collected {
  readonly learners: Map<string, ArchivedLearner>;
  readonly counts: Record<Count, number>;
  readonly found: UnitFindings;
}

function collect({ row, writeTimeUs }: ArchivedRow, { learners, counts, found }: Collected): void {
  const { userId, courseId, batchId, contentId, attemptId } = row;
  counts[writeTimeUs === undefined ? 'referenceObjects' : 'scorekeepObjects'] += 1;
  const ids = { userId, courseId, batchId, contentId, attemptId };
  if (Object.values(ids).includes('')) return found.reject('archive', ids, 'an id is empty');
  const key = learnerKey(row);
  const known = learners.get(key) ?? { learner: { userId, courseId, batchId }, copies: [] };
  learners.set(key, known);
  known.copies.push(archivedCopy(row, writeTimeUs, shortDigest));
}

function passOf(row: StoredAttempt, passes: number): number {
  return passes === 1 ? 0 : Number.parseInt(shortDigest(learnerKey(row)).slice(0, 8), 16) % passes;
}
