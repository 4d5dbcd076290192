import {
  type LearnerEvidence,
  type LearnerInBatch,
  learnerKey,
  type LearnerSources,
  migrateLearner,
  type MigratedLearner,
} from '@scorekeep/core/domain-scoring';
import { type UnitCounts } from '@scorekeep/migration/domain-migration';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type Pace } from '@scorekeep/platform/util-pace';
import { learnerContended } from '../data.errors';
import { type Unit } from '../runs/run-units';
import { type ScoreFindings, UnitFindings } from './score-findings';

/** So many learners are told apart where nothing is written; of more, one may be counted twice. */
const MOST_REMEMBERED = 1_000_000;

export interface ScoreWorkOptions {
  readonly sources: LearnerSources;
  readonly findings: ScoreFindings;
  readonly pace: Pace;
  /** Nothing is written: a learner of several sources differs in each of them, and counts once. */
  readonly dry: boolean;
}

type Migrated = Extract<MigratedLearner, { readonly kind: 'migrated' }>;

/** What the three kinds of units of `scores` have in common. */
export class ScoreWork {
  private readonly differing = new Set<string>();

  constructor(private readonly options: ScoreWorkOptions) {}

  /** A unit whose findings are written when it is done. */
  unit(name: string, work: (found: UnitFindings, signal: AbortSignal) => Promise<UnitCounts>): Unit {
    return {
      name,
      work: async (signal) => {
        const found = new UnitFindings();
        const counts = await work(found, signal);
        this.options.findings.append(name, found);
        return { ...counts, ...found.counts };
      },
    };
  }

  /** @returns what became of the learner, and whether that is a change to count */
  async migrate(
    learner: LearnerInBatch,
    evidence: LearnerEvidence,
    found: UnitFindings,
  ): Promise<Migrated & { readonly counts: boolean }> {
    await this.options.pace.take();
    const migrated = await migrateLearner(this.options.sources, learner, evidence, shortDigest);
    if (migrated.kind === 'contended') throw learnerContended();
    const counts = migrated.changed && this.isNew(learner);
    if (counts && this.options.dry) found.difference(learner);
    return { ...migrated, counts };
  }

  private isNew(learner: LearnerInBatch): boolean {
    if (!this.options.dry) return true;
    const key = learnerKey(learner);
    if (this.differing.has(key)) return false;
    if (this.differing.size < MOST_REMEMBERED) this.differing.add(key);
    return true;
  }
}
