import {
  attemptKey,
  type AttemptScore,
  type LearnerInBatch,
  mergeEntries,
  recordScores,
  type ScoreBook,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import {
  type LayoutDirection,
  type LayoutRowPair,
  type LayoutTables,
  type LearnerScan,
  ringRanges,
  type TokenRange,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { type Pace } from '@scorekeep/platform/util-pace';
import { learnerContended, rangeDiffers } from '../data.errors';
import { type Unit } from '../runs/run-units';
import { CopiedRows } from './copied-rows';

/** At the last look only what was written since the one before may be left: what is left as it was cannot be copied. */
const MOST_LOOKS = 4;

export interface LayoutWorkOptions {
  readonly direction: LayoutDirection;
  readonly tables: LayoutTables;
  readonly scan: LearnerScan;
  readonly book: ScoreBook;
  readonly pace: Pace;
  readonly nowMs: () => number;
  /** Counts, and changes nothing. */
  readonly dry: boolean;
}

/** How many pairs of rows were found in each state, at the last look. */
type Found = Record<LayoutRowPair['state'], number>;

/** The units of `raw` and `unify`. */
export class LayoutWork {
  constructor(private readonly options: LayoutWorkOptions) {}

  /** Copies a range, then looks again until nothing is left to copy, or only what live traffic has written since. */
  rangeUnits(ranges: number): Unit[] {
    return ringRanges(ranges).map((range, index) => ({
      name: `range:${index}/${ranges}`,
      work: (signal) => this.copyRange(range, signal),
    }));
  }

  /** Gives attempts of which only the entry is left their rows of totals back. */
  totalsUnits(ranges: number): Unit[] {
    return ringRanges(ranges).map((range, index) => ({
      name: `totals:${index}/${ranges}`,
      work: (signal) => this.giveBack(range, signal),
    }));
  }

  private async copyRange(range: TokenRange, signal: AbortSignal): Promise<UnitCounts> {
    const copied = new CopiedRows();
    let removed = 0;
    for (let look = 1; ; look += 1) {
      const { found, again } = await this.look(range, copied, signal);
      const isLast = look === MOST_LOOKS;
      const failed = found.different + (isLast ? again : 0);
      if (failed > 0) throw rangeDiffers(failed);
      if (look === 1) removed = found.archived;
      const left = found.missing + found.older + (look === 1 ? found.archived : 0);
      if (this.options.dry || isLast || left === 0) {
        const { newer, same } = found;
        return { copied: copied.count, removed, newer, same, withoutAnswers: found['without-answers'] };
      }
    }
  }

  /** @returns also how many rows were copied by an earlier look as they are now */
  private async look(
    range: TokenRange,
    copied: CopiedRows,
    signal: AbortSignal,
  ): Promise<{ readonly found: Found; readonly again: number }> {
    const { tables, direction } = this.options;
    const found: Found = { same: 0, missing: 0, older: 0, newer: 0, 'without-answers': 0, archived: 0, different: 0 };
    let again = 0;
    copied.beginLook();
    for await (const pair of tables.pairs(direction, range)) {
      signal.throwIfAborted();
      const state = await this.settle(pair);
      found[state] += 1;
      const isCopied = state === 'missing' || state === 'older';
      if (isCopied && copied.add(pair.attempt, pair.sourceWriteTimeUs)) again += 1;
    }
    return { found, again };
  }

  /** @returns the state that was found; of totals that have to stay, `without-answers` */
  private async settle(pair: LayoutRowPair): Promise<LayoutRowPair['state']> {
    const { dry, pace } = this.options;
    const { state } = pair;
    if (state === 'archived') {
      if (!(await this.isKept(pair))) return 'without-answers';
      if (!dry) await pair.remove();
    }
    if (dry || (state !== 'missing' && state !== 'older')) return state;
    await pace.take();
    if (pair.raisedToUs !== undefined) await this.raise(pair, pair.raisedToUs);
    await pair.copy();
    return state;
  }

  /** Whether the attempt stays known when its row of totals goes. */
  private async isKept({ attempt, totalsWriteTimeUs }: LayoutRowPair): Promise<boolean> {
    const { filled, attempts } = await this.options.book.read(attempt);
    return filled && (attempts.get(attemptKey(attempt))?.writeTimeUs ?? -1n) >= totalsWriteTimeUs;
  }

  /** Whoever writes the attempt next must write above the copy. An attempt without an entry is written by its record, which comes again. */
  private async raise({ attempt }: LayoutRowPair, writeTimeUs: WriteTimeUs): Promise<void> {
    const { attempts } = await this.options.book.read(attempt);
    const entry = attempts.get(attemptKey(attempt));
    if (entry) await this.record(attempt, [{ ...entry, writeTimeUs }]);
  }

  private async record(learner: LearnerInBatch, entries: readonly AttemptScore[]): Promise<void> {
    const { book, nowMs } = this.options;
    const merge = mergeEntries;
    const recorded = await recordScores({ book, nowMs }, learner, await book.read(learner), { entries, merge });
    if (recorded.kind !== 'recorded') throw learnerContended();
  }

  private async giveBack(range: TokenRange, signal: AbortSignal): Promise<UnitCounts> {
    const { scan, tables, pace, dry } = this.options;
    let givenBack = 0;
    for await (const { learner, scores } of scan.scored(range)) {
      signal.throwIfAborted();
      const entries = [...scores.attempts.values()].filter(({ placeholder }) => !placeholder);
      if (entries.length === 0) continue;
      const totals = await tables.totalsOf(learner);
      for (const entry of entries.filter((each) => !totals.has(attemptKey(each)))) {
        givenBack += 1;
        if (dry) continue;
        await pace.take();
        // Just above the tombstone, as a restored row is; told first, so that a later version is written above it.
        const above = { ...entry, writeTimeUs: entry.writeTimeUs + 1n };
        await this.record(learner, [above]);
        await tables.writeTotals(learner, above);
      }
    }
    return { givenBack };
  }
}
