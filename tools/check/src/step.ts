/** What a step found. A step that is no test run counts as one. */
export interface StepCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One of the things that `npm test` does. */
export interface Step {
  /** One word: what it is called on the command line. */
  readonly name: string;
  readonly meaning: string;
  run(): Promise<StepCounts>;
}

export const nothing: StepCounts = { passed: 0, failed: 0, skipped: 0 };

export function add(left: StepCounts, right: StepCounts): StepCounts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** The last line of `npm test`. Skipped tests are named only when there are any. */
export function summaryLine({ passed, failed, skipped }: StepCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
