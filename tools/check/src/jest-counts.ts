import { type StepCounts } from './step';

/** The part of jest's `--json` report that is counted. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Spec files that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
}

/**
 * Tests by outcome; a spec file that could not be loaded counts as one failure.
 *
 * @param exitCode of jest; when it failed without a failed test, that counts as one failure too
 */
export function jestCounts(report: JestReport, exitCode: number): StepCounts {
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
