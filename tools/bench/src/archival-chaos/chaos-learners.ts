import { generateSampleData, type Random, type SampleSubmission } from '@scorekeep/core/testing-core';

const WEEKS = 3;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Learners of two batches who answer, answer again, and whose phones send late and twice: for ever. */
export class ChaosLearners {
  /** Everything that was submitted so far. */
  readonly submitted: SampleSubmission[] = [];
  private readonly first: readonly SampleSubmission[];
  private begun = 0;

  /** @param nowMs nothing is submitted later than this, ms since epoch */
  constructor(
    private readonly random: Random,
    private readonly nowMs: number,
  ) {
    const shape = { seed: random.between(0, 0xffff_ffff), courses: 1, batches: 2, learners: 12, attempts: 120 };
    const { submissions } = generateSampleData({ ...shape, weeks: WEEKS, nowMs, idPrefix: 'chaos' });
    this.first = submissions.filter(({ kind }) => kind === 'first');
  }

  get batchIds(): readonly string[] {
    return [...new Set(this.first.map(({ batchId }) => batchId))].sort();
  }

  /** The next ones: of every four three say something of an attempt that was submitted before. */
  next(count: number): SampleSubmission[] {
    const next = Array.from({ length: count }, () => this.one());
    this.submitted.push(...next);
    return next;
  }

  private one(): SampleSubmission {
    const attempt = this.first[this.begun];
    if (attempt && (this.submitted.length === 0 || this.random.chance(0.25))) {
      this.begun += 1;
      return attempt;
    }
    const before = this.random.pick(this.submitted.length > 0 ? this.submitted : this.first);
    const recordMs = this.random.between(this.nowMs - WEEKS * WEEK_MS, this.nowMs - HOUR_MS);
    if (this.random.chance(0.2) && before.assessmentTsMs <= recordMs) return { ...before, kind: 'repeated', recordMs };
    const answerSeed = this.random.between(0, 0xffff_ffff);
    const assessmentTsMs = recordMs - this.random.between(0, HOUR_MS);
    return { ...before, kind: 'resubmitted', recordMs, assessmentTsMs, answerSeed };
  }
}
