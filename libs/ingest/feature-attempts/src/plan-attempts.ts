import {
  type AttemptDraft,
  type AttemptEvent,
  attemptKey,
  type AttemptScore,
  type AttemptScores,
  type Digest,
  mergeEntries,
  reconcileAttempt,
  scoreOfRow,
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
}

export interface PlanInput {
  readonly events: readonly AttemptEvent[];
  /** What `attempts` holds, filled with what came before Scorekeep. */
  readonly known: AttemptScores;
  /** Live rows of the events' attempts: of a write whose entry was never written, the row alone knows. */
  readonly liveRows: readonly WrittenAttempt[];
  readonly maxAttempts: number;
  /** Highest timestamps of writes with unknown outcome, by `attemptKey`. */
  readonly writtenInVain: ReadonlyMap<string, WriteTimeUs>;
}

/** Folds events of one learner, course and batch, in their order, into the fewest rows and entries to write. Pure. */
export function planAttempts(input: PlanInput, digest: Digest): AttemptsPlan {
  const live = new Map(input.liveRows.map((row) => [attemptKey(row), row]));
  const stored = new Map(input.known);
  const rows = new Map<string, RowToWrite>();
  const touched = new Set<string>();
  for (const [key, row] of live) stored.set(key, merged(stored.get(key), scoreOfRow(row, digest)));

  const verdicts = input.events.map((event): EventVerdict => {
    const key = attemptKey(event.attempt);
    const before = stored.get(key);
    if (!before && stored.size >= input.maxAttempts) return 'too many attempts';
    touched.add(key);
    const result = reconcileAttempt(event, before, digest, input.writtenInVain.get(key));
    if (result.kind === 'repeat') return 'repeated';
    if (result.kind === 'write') {
      stored.set(key, result.entry);
      rows.set(key, { draft: draftOf(event, result.entry), entry: result.entry });
      return 'accepted';
    }
    if (result.lowered) {
      stored.set(key, result.lowered);
      const row = lowered(rows.get(key)?.draft ?? rowAsDraft(live.get(key)), result.lowered);
      if (row) rows.set(key, row);
    }
    return 'stale';
  });
  return {
    verdicts,
    rows: [...rows.values()],
    entries: [...touched].map((key) => stored.get(key)).filter((entry) => entry !== undefined),
  };
}

function merged(entry: AttemptScore | undefined, row: AttemptScore): AttemptScore {
  return entry ? mergeEntries(entry, row) : row;
}

function draftOf(event: AttemptEvent, entry: AttemptScore): AttemptDraft {
  return {
    ...event.attempt,
    createdOnMs: entry.createdOnMs,
    updatedOnMs: event.time.recordMs,
    timeMs: event.time.timeMs,
    answers: event.answers,
  };
}

/** An earlier creation is written with the whole row: a newer cell alone would outlive the row's deletion as a ghost. */
function lowered(draft: AttemptDraft | undefined, entry: AttemptScore): RowToWrite | undefined {
  return draft && { draft: { ...draft, createdOnMs: entry.createdOnMs }, entry };
}

function rowAsDraft(row: WrittenAttempt | undefined): AttemptDraft | undefined {
  if (!row || row.lastAttemptedOnMs === null) return undefined;
  const { userId, courseId, batchId, contentId, attemptId, answers } = row;
  return {
    ...{ userId, courseId, batchId, contentId, attemptId, answers },
    createdOnMs: row.createdOnMs ?? row.lastAttemptedOnMs,
    updatedOnMs: row.updatedOnMs ?? row.lastAttemptedOnMs,
    timeMs: row.lastAttemptedOnMs,
  };
}
