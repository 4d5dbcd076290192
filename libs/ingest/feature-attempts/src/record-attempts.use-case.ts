import { Injectable } from '@nestjs/common';
import {
  type AttemptEvent,
  attemptKey,
  AttemptRows,
  attemptRow,
  type AttemptScores,
  type AttemptScore,
  entryKey,
  fillAttempts,
  type LearnerInBatch,
  learnerKey,
  type LearnerScores,
  mergeEntries,
  recordScores,
  ScoreBook,
  stateOf,
  type WrittenAttempt,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { contendedError } from './ingest.errors';
import { IngestOptions } from './ingest-options';
import { type EventVerdict, planAttempts, type RowToWrite } from './plan-attempts';

const MAX_ROUNDS = 5;

export interface RecordedLearner {
  /** One per event, in their order. */
  readonly verdicts: readonly EventVerdict[];
  readonly scores: LearnerScores;
}

interface KnownAttempts {
  readonly scores: LearnerScores;
  readonly known: AttemptScores;
  readonly liveRows: readonly WrittenAttempt[];
  /** Set when the learner was not filled: all that came before Scorekeep. */
  readonly fill?: readonly AttemptScore[];
}

/** Stores a learner's attempts: rows first, then their entries and the metrics that follow. Safe to repeat at any point. */
@Injectable()
export class RecordAttempts {
  /** Timestamps of row writes that may or may not have happened, by learner and attempt. */
  private readonly writtenInVain = new Map<string, WriteTimeUs>();

  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly options: IngestOptions,
  ) {}

  /**
   * @param events of this learner, course and batch, in message order; none asks to recompute the metrics
   * @throws INGEST.CONTENDED, CASSANDRA.*
   */
  async execute(learner: LearnerInBatch, events: readonly AttemptEvent[]): Promise<RecordedLearner> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { scores, known, liveRows, fill } = await this.knownOf(learner, events);
      const { maxAttempts } = this.options;
      const writtenInVain = this.writtenInVainOf(learner, events);
      const plan = planAttempts({ events, known, liveRows, maxAttempts, writtenInVain }, shortDigest);
      await Promise.all(plan.rows.map((row) => this.writeRow(learner, row)));
      const wanted = {
        entries: [...(fill ?? []), ...plan.entries],
        ...(fill ? { markFilled: true, ...withState(fill) } : {}),
      };
      const writer = { book: this.book, nowMs: this.options.nowMs };
      const recorded = await recordScores(writer, learner, scores, wanted);
      if (recorded.kind === 'recorded') {
        this.forgetWrites(learner, events);
        return { verdicts: plan.verdicts, scores: recorded.scores };
      }
    }
    throw contendedError();
  }

  private async knownOf(learner: LearnerInBatch, events: readonly AttemptEvent[]): Promise<KnownAttempts> {
    const scores = await this.book.read(learner);
    if (!scores.filled) return this.fill(learner);
    const attempts = [...new Map(events.map(({ attempt }) => [attemptKey(attempt), attempt])).values()];
    return { scores, known: scores.attempts, liveRows: await this.rows.find(learner, attempts) };
  }

  /** Rows first, then the learner's row: an attempt recorded between the two reads is in the second. */
  private async fill(learner: LearnerInBatch): Promise<KnownAttempts> {
    const liveRows = await this.rows.ofLearner(learner);
    const scores = await this.book.read(learner);
    const fill = fillAttempts(
      {
        rows: liveRows,
        aggDetails: scores.aggDetails,
        aggregates: new Map([...scores.legacyAggregates, ...scores.aggregates]),
        timeZone: this.options.aggDetailsTimeZone,
        nowUs: BigInt(this.options.nowMs()) * 1000n,
      },
      shortDigest,
    );
    const known = new Map(scores.attempts);
    for (const entry of fill) {
      const before = known.get(entryKey(entry));
      known.set(entryKey(entry), before ? mergeEntries(before, entry) : entry);
    }
    return { scores, known, liveRows, fill };
  }

  private async writeRow(learner: LearnerInBatch, { draft, entry }: RowToWrite): Promise<void> {
    const key = learnerKey(learner) + attemptKey(draft);
    this.writtenInVain.set(key, entry.writeTimeUs);
    await this.rows.write(attemptRow(draft), entry.writeTimeUs);
  }

  /** Their entries are recorded: whatever became of earlier writes, the entry's time lies above them. */
  private forgetWrites(learner: LearnerInBatch, events: readonly AttemptEvent[]): void {
    for (const { attempt } of events) this.writtenInVain.delete(learnerKey(learner) + attemptKey(attempt));
  }

  private writtenInVainOf(learner: LearnerInBatch, events: readonly AttemptEvent[]): Map<string, WriteTimeUs> {
    const times = new Map<string, WriteTimeUs>();
    for (const { attempt } of events) {
      const time = this.writtenInVain.get(learnerKey(learner) + attemptKey(attempt));
      if (time !== undefined) times.set(attemptKey(attempt), time);
    }
    return times;
  }
}

/** A learner who had attempts before Scorekeep has had the certificate request for them. */
function withState(fill: readonly AttemptScore[]): { certificateState?: string } {
  if (fill.length === 0) return {};
  return { certificateState: shortDigest(stateOf(new Map(fill.map((entry) => [entryKey(entry), entry])))) };
}
