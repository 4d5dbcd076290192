import { Injectable } from '@nestjs/common';
import {
  type AttemptEvent,
  attemptKey,
  type AttemptOfLearner,
  AttemptRows,
  type AttemptScores,
  type EntriesToRecord,
  attemptRow,
  type LearnerInBatch,
  learnerKey,
  type LearnerScores,
  readLearner,
  type Recorded,
  recordScores,
  ScoreBook,
  type WrittenAttempt,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { contendedError } from './ingest.errors';
import { IngestOptions } from './ingest-options';
import { type AttemptsPlan, type EventVerdict, planAttempts, type RowToWrite } from './plan-attempts';
import { RecentLearners } from './recent-learners';

const MAX_ROUNDS = 5;

export interface RecordedLearner {
  /** One per event, in their order. */
  readonly verdicts: readonly EventVerdict[];
  readonly scores: LearnerScores;
}

/** What one look at a learner is made for. */
interface Look {
  readonly learner: LearnerInBatch;
  readonly events: readonly AttemptEvent[];
  /** Everything is read, live rows too: something may have been begun and not finished. */
  readonly closely: boolean;
}

interface KnownLearner {
  readonly scores: LearnerScores;
  /** Set when nothing was ever stored of the learner: goes with the first entries. */
  readonly first?: EntriesToRecord;
}

/** Stores a learner's attempts: rows first, then their entries and the metrics that follow. Safe to repeat at any point. */
@Injectable()
export class RecordAttempts {
  private readonly recent = new RecentLearners();
  /** Timestamps of row writes that may or may not have happened, by learner and attempt. */
  private readonly writtenInVain = new Map<string, WriteTimeUs>();

  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: IngestOptions,
  ) {}

  /**
   * @param events of this learner, course and batch, in message order; none asks to recompute the metrics
   * @param mayHaveBegun whether one of them may have been delivered before and cut off, so that its row may be there
   *   without an entry
   * @throws INGEST.CONTENDED, CASSANDRA.*
   */
  async execute(
    learner: LearnerInBatch,
    events: readonly AttemptEvent[],
    mayHaveBegun: boolean,
  ): Promise<RecordedLearner> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const closely = mayHaveBegun || round > 0 || events.length === 0;
      const look = { learner, events, closely };
      const known = await this.known(look);
      if (!known) continue;
      const plan = await this.plan(look, known.scores.attempts);
      await Promise.all(plan.rows.map((row) => this.writeRow(learner, row)));
      const recorded = await this.record(learner, known.scores, { ...known.first, entries: plan.entries });
      if (recorded.kind === 'recorded') {
        this.forgetWrites(learner, events);
        return { verdicts: plan.verdicts, scores: recorded.scores };
      }
    }
    throw contendedError();
  }

  /** For the next events of the learner: what `execute` gave, with what this process has changed since. */
  remember(learner: LearnerInBatch, scores: LearnerScores): void {
    this.recent.put(learner, scores);
  }

  /** @returns undefined when others changed the learner meanwhile */
  private async known({ learner, closely }: Look): Promise<KnownLearner | undefined> {
    // remembered again when all is done: until then nothing is known for sure
    const recent = this.recent.take(learner);
    if (recent && !closely) return { scores: recent };
    const { aggDetailsTimeZone, nowMs } = this.options;
    const sources = { book: this.book, rows: this.rows, aggDetailsTimeZone, nowMs };
    const { scores, fill } = await readLearner(sources, learner, shortDigest);
    if (!fill || fill.entries.length === 0) return { scores, ...(fill ? { first: fill } : {}) };
    // before a row is overwritten: what it said could not be told any more
    const filled = await this.record(learner, scores, fill);
    return filled.kind === 'recorded' ? { scores: filled.scores } : undefined;
  }

  private record(learner: LearnerInBatch, scores: LearnerScores, wanted: EntriesToRecord): Promise<Recorded> {
    return recordScores({ book: this.book, nowMs: this.options.nowMs }, learner, scores, wanted);
  }

  private async plan({ learner, events, closely }: Look, known: AttemptScores): Promise<AttemptsPlan> {
    const writtenInVain = this.writtenInVainOf(learner, events);
    const toSee = closely ? events : events.filter(({ attempt }) => writtenInVain.has(attemptKey(attempt)));
    const attempts = toSee.map(({ attempt }) => attempt);
    const liveRows = await this.liveRows(learner, attempts);
    const input = { events, known, maxAttempts: this.options.maxAttempts, writtenInVain };
    const plan = planAttempts({ ...input, liveRows }, shortDigest);
    if (plan.unseen.length === 0) return plan;
    const all = new Map([...liveRows, ...(await this.liveRows(learner, plan.unseen))]);
    return planAttempts({ ...input, liveRows: all }, shortDigest);
  }

  private async liveRows(
    learner: LearnerInBatch,
    attempts: readonly AttemptOfLearner[],
  ): Promise<Map<string, WrittenAttempt | null>> {
    const distinct = new Map(attempts.map((attempt) => [attemptKey(attempt), attempt]));
    const found = distinct.size === 0 ? [] : await this.rows.find(learner, [...distinct.values()]);
    const rows = new Map<string, WrittenAttempt | null>([...distinct.keys()].map((key) => [key, null]));
    for (const row of found) rows.set(attemptKey(row), row);
    return rows;
  }

  private async writeRow(learner: LearnerInBatch, { draft, entry }: RowToWrite): Promise<void> {
    const key = learnerKey(learner) + attemptKey(draft);
    this.writtenInVain.set(key, entry.writeTimeUs);
    await this.rows.write(attemptRow(draft), entry.writeTimeUs);
  }

  /** Their entries are recorded: whatever became of earlier writes, the entry's time lies above them. */
  private forgetWrites(learner: LearnerInBatch, events: readonly AttemptEvent[]): void {
    if (this.writtenInVain.size === 0) return;
    for (const { attempt } of events) this.writtenInVain.delete(learnerKey(learner) + attemptKey(attempt));
  }

  private writtenInVainOf(learner: LearnerInBatch, events: readonly AttemptEvent[]): Map<string, WriteTimeUs> {
    const times = new Map<string, WriteTimeUs>();
    if (this.writtenInVain.size === 0) return times;
    for (const { attempt } of events) {
      const time = this.writtenInVain.get(learnerKey(learner) + attemptKey(attempt));
      if (time !== undefined) times.set(attemptKey(attempt), time);
    }
    return times;
  }
}
