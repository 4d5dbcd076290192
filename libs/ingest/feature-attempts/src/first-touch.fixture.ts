import {
  attemptKey,
  type AttemptOfLearner,
  type AttemptScore,
  type LearnerScores,
  compareVersions,
  readLearner,
  recordScores,
  scoreOfRow,
  type StorageLayout,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import {
  type ConvergenceWorld,
  eventOf,
  expectedAttempts,
  learner,
  type LegacyAttempt,
  type MicroBatchWork,
  type ProcessPorts,
  type Submission,
} from '@scorekeep/core/testing-core';
import { AppError } from '@scorekeep/platform/util-errors';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { RecordAttempts } from './record-attempts.use-case';

/** An ingest whose micro-batches are indexes of submissions. */
export function recordingProcess(layout: StorageLayout, submissions: readonly Submission[]) {
  return ({ book, rows, nowMs }: ProcessPorts): MicroBatchWork => {
    const options = { layout, maxAttempts: 100, aggDetailsTimeZone: 'UTC', topicPrefix: 'test', nowMs };
    const record = new RecordAttempts(book, rows, options);
    // as the batch runner says it: of the first records of a process, and of those that are handled again
    let mayHaveBegun = true;
    return async (indexes) => {
      const batch = indexes.flatMap((index) => submissions.slice(index, index + 1));
      const events = batch.map((submission) => eventOf(submission, nowMs(), layout));
      const begun = mayHaveBegun;
      mayHaveBegun = true;
      const { scores } = await record.execute(learner, events, begun);
      record.remember(learner, scores);
      mayHaveBegun = false;
    };
  };
}

/** An archiver as data-model.md wants it: what it read is kept for good in the learner's row, then its rows are deleted. */
export class Archiver {
  readonly objects: WrittenAttempt[] = [];

  constructor(private readonly world: ConvergenceWorld) {}

  /** Archives every row of the learner that holds answers. */
  work(ports: ProcessPorts): MicroBatchWork {
    const deletion = ports.reach({
      delete: async (row: WrittenAttempt) => this.world.rows.delete(row, row.writeTimeUs),
    });
    return async () => {
      const found = await ports.rows.ofLearner(learner);
      const archived = found.filter(({ answers }) => answers.length > 0);
      this.objects.push(...archived);
      await this.settle(ports, archived);
      for (const row of archived) await deletion.delete(row);
    };
  }

  /** As archival's SettleAttempts does it. */
  private async settle({ book, rows, nowMs }: ProcessPorts, archived: readonly WrittenAttempt[]): Promise<void> {
    const sources = { book, rows, nowMs, aggDetailsTimeZone: 'UTC' };
    const { scores, fill } = await readLearner(sources, learner, shortDigest);
    const entries = archived.map((row) => scoreOfRow(row, shortDigest));
    const isKept = (entry: AttemptScore, { attempts }: LearnerScores): boolean => {
      const kept = attempts.get(attemptKey(entry));
      return !!kept && compareVersions(kept.version, entry.version) >= 0 && kept.writeTimeUs >= entry.writeTimeUs;
    };
    const missing = entries.filter((entry) => !isKept(entry, scores));
    if (!fill && missing.length === 0) return;
    const wanted = { ...fill, entries: [...(fill?.entries ?? []), ...missing] };
    const recorded = await recordScores(sources, learner, scores, wanted);
    if (recorded.kind === 'recorded' && entries.every((entry) => isKept(entry, recorded.scores))) return;
    throw new AppError('ARCHIVE.ATTEMPTS_CONTENDED', 'try again', { retryable: true });
  }
}

/** What the attempt must be: its greatest version, the reference's included; no two have one time. */
export function greatest(legacy: readonly LegacyAttempt[], submissions: readonly Submission[], layout: StorageLayout) {
  const attempts = new Map<
    string,
    AttemptOfLearner & { timeMs: number; score: number; maxScore: number; legacy: boolean }
  >();
  for (const attempt of legacy.filter(({ left }) => left !== 'nothing'))
    attempts.set(attemptKey(attempt), { ...attempt, legacy: true });
  for (const [key, attempt] of expectedAttempts(submissions, layout)) {
    const known = attempts.get(key);
    if (!known || attempt.timeMs > known.timeMs) attempts.set(key, { ...attempt, legacy: false });
  }
  return attempts;
}
