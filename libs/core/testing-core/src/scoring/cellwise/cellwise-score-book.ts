import {
  type AttemptScore,
  entryKey,
  learnerKey,
  type LearnerInBatch,
  type LearnerScores,
  ScoreBook,
  type ScoreChanges,
} from '@scorekeep/core/domain-scoring';
import { type LegacyScores } from '../in-memory-score-book';
import { sameScores } from '../same-scores';
import { type Cell, doubleBytes, doubleCell, longBytes, textCell, winner } from './cell';

interface LearnerCells {
  readonly attempts: Map<string, Cell<AttemptScore>>;
  /** Keys of placeholders that are gone: all are written at one time, at which a tombstone wins. */
  readonly removed: Set<string>;
  readonly aggregates: Map<string, Cell<number>>;
  readonly aggDetails: string[];
  filled: boolean;
  certificateState?: Cell<string>;
}

/** The stored rows, shared by the books of several processes. */
export type CellwiseLearners = Map<string, LearnerCells>;

/** Learners' scores in memory, merged cell by cell as Cassandra merges them. */
export class CellwiseScoreBook extends ScoreBook {
  constructor(private readonly learners: CellwiseLearners = new Map()) {
    super();
  }

  override async read(learner: LearnerInBatch): Promise<LearnerScores> {
    const { attempts, aggregates, aggDetails, filled, certificateState } = this.rowOf(learner);
    return {
      attempts: new Map([...attempts].map(([key, { value }]) => [key, value])),
      filled,
      aggregates: new Map([...aggregates].map(([key, { value }]) => [key, value])),
      legacyAggregates: new Map(),
      aggregatesWriteTimeUs: [...aggregates.values()].reduce(
        (highest, { writeTimeUs }) => (writeTimeUs > highest ? writeTimeUs : highest),
        0n,
      ),
      certificateState: certificateState?.value ?? null,
      certificateStateTimeUs: certificateState?.writeTimeUs ?? 0n,
      aggDetails: [...aggDetails],
    };
  }

  override async holds(learner: LearnerInBatch, expected: LearnerScores): Promise<boolean> {
    return sameScores(await this.read(learner), expected);
  }

  override async write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void> {
    const row = this.rowOf(learner);
    for (const entry of changes.removed ?? []) {
      row.removed.add(entryKey(entry));
      row.attempts.delete(entryKey(entry));
    }
    for (const entry of changes.entries.filter((each) => !row.removed.has(entryKey(each)))) {
      const cell = { value: entry, bytes: entryBytes(entry), writeTimeUs: entry.writeTimeUs };
      row.attempts.set(entryKey(entry), winner(row.attempts.get(entryKey(entry)), cell));
    }
    if (changes.metrics) {
      const { values, writeTimeUs } = changes.metrics;
      for (const [key, value] of values)
        row.aggregates.set(key, winner(row.aggregates.get(key), doubleCell(value, writeTimeUs)));
    }
    row.filled ||= changes.markFilled ?? false;
    if (!changes.certificate) return;
    const { state, writeTimeUs } = changes.certificate;
    row.certificateState = winner(row.certificateState, textCell(state, writeTimeUs));
  }

  /** Puts what the reference left, without entries and marker. */
  seedLegacy(learner: LearnerInBatch, { aggregates, aggDetails, writeTimeUs = 1n }: LegacyScores): void {
    const row = this.rowOf(learner);
    for (const [key, value] of aggregates ?? []) row.aggregates.set(key, doubleCell(value, writeTimeUs));
    row.aggDetails.push(...(aggDetails ?? []));
  }

  private rowOf(learner: LearnerInBatch): LearnerCells {
    const known = this.learners.get(learnerKey(learner));
    const row = known ?? {
      attempts: new Map(),
      removed: new Set(),
      aggregates: new Map(),
      aggDetails: [],
      filled: false,
    };
    this.learners.set(learnerKey(learner), row);
    return row;
  }
}

/** The fields of the type `attempt_score`, each behind its length, in their order. */
function entryBytes(entry: AttemptScore): Uint8Array {
  const { version } = entry;
  const fields = [
    Buffer.from(entry.contentId),
    Buffer.from(entry.attemptId),
    longBytes(BigInt(version.timeMs)),
    longBytes(BigInt(version.latestEtsMs)),
    longBytes(BigInt(version.questionCount)),
    Buffer.from(version.digest),
    longBytes(-BigInt(entry.createdOnMs)),
    doubleBytes(entry.score),
    doubleBytes(entry.maxScore),
    longBytes(BigInt(entry.createdOnMs)),
    longBytes(entry.writeTimeUs),
    Buffer.from([entry.placeholder ? 1 : 0]),
  ];
  return Buffer.concat(fields.flatMap((field) => [longBytes(BigInt(field.length)), field]));
}
