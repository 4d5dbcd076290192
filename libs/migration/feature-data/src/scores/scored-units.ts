import {
  aggregatesOf,
  type AttemptScore,
  changedAggregates,
  attemptsCountKey,
  entryKey,
  type LearnerScores,
  listConflicts,
  metricsOf,
  parseAggDetail,
  scoreKey,
} from '@scorekeep/core/domain-scoring';
import {
  type LearnerScan,
  ringRanges,
  type ScoredLearner,
  type TokenRange,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { type Unit } from '../runs/run-units';
import { type UnitFindings } from './score-findings';
import { type ScoreWork } from './score-work';

/** Learners with a row of scores, a token range a unit: those of whom nothing else is left, and a last look at all. */
export class ScoredUnits {
  constructor(
    private readonly scan: LearnerScan,
    private readonly work: ScoreWork,
    private readonly options: { readonly batches: ReadonlySet<string> | undefined; readonly timeZone: string },
  ) {}

  list(ranges: number): Unit[] {
    return ringRanges(ranges).map((range, index) =>
      this.work.unit(`scored:${index}/${ranges}`, (found, signal) => this.migrate(range, found, signal)),
    );
  }

  private async migrate(range: TokenRange, found: UnitFindings, signal: AbortSignal): Promise<UnitCounts> {
    const counts = { learners: 0, aggDetails: 0, attempts: 0, placeholders: 0, changed: 0 };
    for await (const scored of this.scan.scored(range, this.options.batches)) {
      signal.throwIfAborted();
      if (!isAboutScores(scored.scores)) continue;
      counts.learners += 1;
      const { scores, changed } = await this.completed(scored, found);
      if (changed) counts.changed += 1;
      counts.aggDetails += this.compareList({ ...scored, scores }, found);
      const entries = [...scores.attempts.values()];
      counts.attempts += entries.length;
      counts.placeholders += entries.filter(({ placeholder }) => placeholder).length;
    }
    return counts;
  }

  private async completed(
    { learner, scores }: ScoredLearner,
    found: UnitFindings,
  ): Promise<{ readonly scores: LearnerScores; readonly changed: boolean }> {
    if (
      scores.filled &&
      changedAggregates(aggregatesOf(metricsOf(scores.attempts.values())), scores.aggregates).size === 0
    ) {
      return { scores, changed: false };
    }
    const migrated = await this.work.migrate(learner, { archived: [], rows: [] }, found);
    return { scores: migrated.scores, changed: migrated.counts };
  }

  /** @returns how many of the reference's list are attempts */
  private compareList({ learner, scores }: ScoredLearner, found: UnitFindings): number {
    const listed = new Map<string, AttemptScore>();
    scores.aggDetails.forEach((text, index) => {
      const entry = parseAggDetail(text, this.options.timeZone, 0n);
      if (entry) listed.set(entryKey(entry), entry);
      else found.reject('agg_details', { ...learner, index }, 'it names no attempt, or no points of one');
    });
    found.conflict(learner, 'agg_details', listConflicts(scores.attempts, listed));
    return listed.size;
  }
}

/** Other jobs keep their own numbers in the same rows. */
function isAboutScores({ attempts, aggDetails, aggregates, legacyAggregates }: LearnerScores): boolean {
  if (attempts.size > 0 || aggDetails.length > 0) return true;
  const prefixes = [scoreKey(''), attemptsCountKey('')];
  return [...aggregates.keys(), ...legacyAggregates.keys()].some((key) =>
    prefixes.some((prefix) => key.startsWith(prefix)),
  );
}
