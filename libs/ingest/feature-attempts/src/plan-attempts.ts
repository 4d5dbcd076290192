import {
  answersOf,
  type AttemptDraft,
  type AttemptEvent,
  attemptKey,
  type AttemptOfLearner,
  type AttemptScore,
  type AttemptScores,
  compareVersions,
  type Digest,
  mergeEntries,
  otherVersion,
  reconcileAttempt,
  remainder,
  scoreOfRow,
  totalAttempt,
  type WrittenAttempt,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';

/** What becomes of one event of the plan. */
export type EventVerdict = 'accepted' | 'repeated' | 'stale' | 'too many attempts';

/** A row to write, at its entry's write time. */
export interface RowToWrite {
  readonly draft: AttemptDraft;
  readonly entry: AttemptScore;
}

export interface AttemptsPlan {
  /** One per event, in their order. */
  readonly verdicts: readonly EventVerdict[];
  readonly rows: readonly RowToWrite[];
  /** All that `attempts` must hold afterwards of the attempts of these events. */
  readonly entries: readonly AttemptScore[];
  /** Attempts whose rows must be looked for first: until then there is no plan for them. */
  readonly unseen: readonly AttemptOfLearner[];
}

export interface PlanInput {
  readonly events: readonly AttemptEvent[];
  /** What `attempts` holds, filled with what came before Scorekeep. */
  readonly known: AttemptScores;
  /**
   * Live rows by `attemptKey`, read after `known`; null where one was looked for and is not there. Of a write whose entry
   * was never written, the row alone knows.
   */
  readonly liveRows: ReadonlyMap<string, WrittenAttempt | null>;
  readonly maxAttempts: number;
  /** Highest timestamps of writes with unknown outcome, by `attemptKey`. */
  readonly writtenInVain: ReadonlyMap<string, WriteTimeUs>;
}

/** Folds events of one learner, course and batch, in their order, into the fewest rows and entries to write. Pure. */
export function planAttempts(input: PlanInput, digest: Digest): AttemptsPlan {
  const plan = new Plan(input, digest);
  const verdicts = input.events.map((event) => plan.take(event));
  return { verdicts, rows: plan.rowsToWrite(), entries: plan.entriesToHold(), unseen: plan.unseen() };
}

class Plan {
  /** Entries that differ from the known ones, or may: the learner may have thousands of others. */
  private readonly changed = new Map<string, AttemptScore>();
  private readonly rows = new Map<string, RowToWrite>();
  private readonly touched = new Set<string>();
  private readonly toSee = new Map<string, AttemptOfLearner>();

  constructor(
    private readonly input: PlanInput,
    private readonly digest: Digest,
  ) {
    for (const [key, row] of input.liveRows) if (row && !row.mixed) this.believe(key, row);
  }

  take(event: AttemptEvent): EventVerdict {
    const key = attemptKey(event.attempt);
    const before = this.stored(key);
    if (!before && this.isFull()) return 'too many attempts';
    this.touched.add(key);
    const result = reconcileAttempt(event, before, this.input.writtenInVain.get(key));
    if (result.kind === 'write') {
      if (this.isInMixedRow(key, event)) this.changed.set(key, result.entry);
      else this.write(key, draftOf(event, result.entry), result.entry);
      return 'accepted';
    }
    if (before) this.restore(key, event, { isRepeat: result.kind === 'repeat', entry: result.lowered ?? before });
    return result.kind === 'repeat' ? 'repeated' : 'stale';
  }

  rowsToWrite(): RowToWrite[] {
    return [...this.rows.values()];
  }

  entriesToHold(): AttemptScore[] {
    return [...this.touched].flatMap((key) => this.stored(key) ?? []);
  }

  unseen(): AttemptOfLearner[] {
    return [...this.toSee.values()];
  }

  private stored(key: string): AttemptScore | undefined {
    return this.changed.get(key) ?? this.input.known.get(key);
  }

  private isFull(): boolean {
    const { known, maxAttempts } = this.input;
    const added = [...this.changed.keys()].filter((key) => !known.has(key)).length;
    return known.size + added >= maxAttempts;
  }

  /** An entry is believed over a row that was not written later. */
  private believe(key: string, row: WrittenAttempt): void {
    const entry = this.stored(key);
    if (entry && row.writeTimeUs <= entry.writeTimeUs) return;
    const score = scoreOfRow(row, this.digest);
    this.changed.set(key, entry ? mergeEntries(entry, score) : score);
  }

  /**
   * Whether the event was written already, and lies in one row with another version whose entry is still to come. Which
   * of them is the greater is for their entries to say: a row that is written above both might be the smaller one.
   */
  private isInMixedRow(key: string, event: AttemptEvent): boolean {
    const live = this.input.liveRows.get(key);
    return live?.mixed === true && remainder(live.answers, answersOf(event.answers)) !== undefined;
  }

  /** The stored version stays, but its row may be mixed, or tell a later creation than is known. */
  private restore(
    key: string,
    event: AttemptEvent,
    { isRepeat, entry }: { readonly isRepeat: boolean; readonly entry: AttemptScore },
  ): void {
    const planned = this.rows.get(key);
    if (planned) {
      this.write(key, { ...planned.draft, createdOnMs: entry.createdOnMs }, entry);
      return;
    }
    const isLowered = entry !== this.stored(key);
    const live = this.input.liveRows.get(key);
    if (live === undefined && isLowered) {
      this.toSee.set(key, event.attempt);
      return;
    }
    const isDue = isLowered || isWrongRow(live, entry, isRepeat);
    const draft = isDue ? this.draftOfStored(event, entry, isRepeat) : undefined;
    if (draft) this.write(key, draft, isLowered ? entry : { ...entry, writeTimeUs: entry.writeTimeUs + 1n });
    else this.changed.set(key, entry);
  }

  /**
   * The row of the stored version: from an event that says the same, from the live row where that is whole and of this
   * very version, or from what remains of a mixed one. Where the row is archived there is none to write.
   */
  private draftOfStored(event: AttemptEvent, entry: AttemptScore, isRepeat: boolean): AttemptDraft | undefined {
    const live = this.input.liveRows.get(attemptKey(event.attempt));
    if (!live) return undefined;
    if (isRepeat && !live.mixed) return { ...draftOf(event, entry), timeMs: entry.version.timeMs };
    const answers = this.answersOfStored(live, event, entry);
    return answers && rowAsDraft({ ...live, answers }, entry);
  }

  private answersOfStored(live: WrittenAttempt, event: AttemptEvent, entry: AttemptScore) {
    if (live.mixed) return otherVersion(live.answers, answersOf(event.answers), entry.version.digest, this.digest);
    const isThis = compareVersions(scoreOfRow(live, this.digest).version, entry.version) === 0;
    return isThis ? live.answers : undefined;
  }

  private write(key: string, draft: AttemptDraft, entry: AttemptScore): void {
    this.changed.set(key, entry);
    this.rows.set(key, { draft, entry });
  }
}

/** Mixed, and the event is the version that does not count; or created later than is known. */
function isWrongRow(live: WrittenAttempt | null | undefined, entry: AttemptScore, isRepeat: boolean): boolean {
  if (!live) return false;
  return live.mixed ? !isRepeat : (live.createdOnMs ?? 0) > entry.createdOnMs;
}

function draftOf(event: AttemptEvent, entry: AttemptScore): AttemptDraft {
  return {
    ...event.attempt,
    createdOnMs: entry.createdOnMs,
    updatedOnMs: event.time.recordMs,
    timeMs: event.time.timeMs,
    answers: event.answers,
    totals: event.summary,
  };
}

/** With the whole row: a newer cell of the creation alone would outlive the row's deletion as a ghost. */
function rowAsDraft(row: WrittenAttempt, { createdOnMs, version }: AttemptScore): AttemptDraft {
  const { userId, courseId, batchId, contentId, attemptId, answers } = row;
  const updatedOnMs = row.updatedOnMs ?? version.timeMs;
  const identity = { userId, courseId, batchId, contentId, attemptId };
  const totals = totalAttempt(answers);
  return { ...identity, answers, totals, createdOnMs, updatedOnMs, timeMs: version.timeMs };
}
