import {
  type AttemptScore,
  compareVersions,
  entryKey,
  learnerKey,
  type LearnerInBatch,
  type LearnerScores,
  ScoreBook,
  type ScoreChanges,
} from '@scorekeep/core/domain-scoring';
import { sameScores } from './same-scores';

interface TimedCell<T> {
  readonly value: T;
  readonly writeTimeUs: bigint;
}

interface LearnerRow {
  readonly attempts: Map<string, AttemptScore>;
  /** Keys of placeholders that are gone. */
  readonly removed: Set<string>;
  readonly aggregates: Map<string, TimedCell<number>>;
  readonly legacyAggregates: Map<string, number>;
  readonly aggDetails: string[];
  filled: boolean;
  certificateState: string | null;
  certificateStateTimeUs: bigint;
}

/** What the reference left of a learner. */
export interface LegacyScores {
  readonly aggregates?: ReadonlyMap<string, number>;
  readonly aggDetails?: readonly string[];
  /** Write time of the aggregates, µs since epoch. */
  readonly writeTimeUs?: bigint;
}

/** Learners' scores in memory; cells are won by the later write time, as in Cassandra. */
export class InMemoryScoreBook extends ScoreBook {
  private readonly rows = new Map<string, LearnerRow>();

  override async read(learner: LearnerInBatch): Promise<LearnerScores> {
    const row = this.rows.get(learnerKey(learner)) ?? emptyRow();
    return {
      attempts: new Map(row.attempts),
      filled: row.filled,
      aggregates: new Map([...row.aggregates].map(([key, { value }]) => [key, value])),
      legacyAggregates: new Map(row.legacyAggregates),
      aggregatesWriteTimeUs: [...row.aggregates.values()].reduce(
        (highest, { writeTimeUs }) => (writeTimeUs > highest ? writeTimeUs : highest),
        0n,
      ),
      certificateState: row.certificateState,
      certificateStateTimeUs: row.certificateStateTimeUs,
      aggDetails: [...row.aggDetails],
    };
  }

  override async holds(learner: LearnerInBatch, expected: LearnerScores): Promise<boolean> {
    return sameScores(await this.read(learner), expected);
  }

  override async write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void> {
    const row = this.rowOf(learner);
    writeEntries(row, changes);
    if (changes.metrics) writeMetrics(row, changes.metrics);
    row.filled ||= changes.markFilled ?? false;
    if (!changes.certificate || changes.certificate.writeTimeUs < row.certificateStateTimeUs) return;
    row.certificateState = changes.certificate.state;
    row.certificateStateTimeUs = changes.certificate.writeTimeUs;
  }

  /** Puts what the reference left, without entries and marker. */
  seedLegacy(learner: LearnerInBatch, legacy: LegacyScores): void {
    const row = this.rowOf(learner);
    const writeTimeUs = legacy.writeTimeUs ?? 1n;
    for (const [key, value] of legacy.aggregates ?? []) row.aggregates.set(key, { value, writeTimeUs });
    row.aggDetails.push(...(legacy.aggDetails ?? []));
  }

  private rowOf(learner: LearnerInBatch): LearnerRow {
    const row = this.rows.get(learnerKey(learner)) ?? emptyRow();
    this.rows.set(learnerKey(learner), row);
    return row;
  }
}

function writeEntries({ attempts, removed }: LearnerRow, changes: ScoreChanges): void {
  for (const entry of changes.removed ?? []) {
    removed.add(entryKey(entry));
    attempts.delete(entryKey(entry));
  }
  for (const entry of changes.entries) {
    const key = entryKey(entry);
    const stored = attempts.get(key);
    if (!removed.has(key) && (!stored || wins(entry, stored))) attempts.set(key, entry);
  }
}

function wins(entry: AttemptScore, stored: AttemptScore): boolean {
  if (entry.writeTimeUs !== stored.writeTimeUs) return entry.writeTimeUs > stored.writeTimeUs;
  return (compareVersions(entry.version, stored.version) || stored.createdOnMs - entry.createdOnMs) > 0;
}

function writeMetrics(row: LearnerRow, { values, writeTimeUs }: NonNullable<ScoreChanges['metrics']>): void {
  for (const [key, value] of values) {
    const stored = row.aggregates.get(key);
    if (!stored || writeTimeUs >= stored.writeTimeUs) row.aggregates.set(key, { value, writeTimeUs });
  }
}

function emptyRow(): LearnerRow {
  return {
    attempts: new Map(),
    removed: new Set(),
    aggregates: new Map(),
    legacyAggregates: new Map(),
    aggDetails: [],
    filled: false,
    certificateState: null,
    certificateStateTimeUs: 0n,
  };
}
