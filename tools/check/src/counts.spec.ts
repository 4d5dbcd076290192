import { jestCounts } from './jest-counts';
import { add, summaryLine } from './step';

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('what npm test counts', () => {
  it.each([
    { name: 'all passed', given: {}, exitCode: 0, line: '5 passed, 0 failed' },
    { name: 'a failed test', given: { numFailedTests: 2 }, exitCode: 1, line: '5 passed, 2 failed' },
    {
      name: 'a spec that cannot be loaded',
      given: { numRuntimeErrorTestSuites: 1 },
      exitCode: 1,
      line: '5 passed, 1 failed',
    },
    { name: 'a run that failed as a whole', given: {}, exitCode: 1, line: '5 passed, 1 failed' },
    { name: 'a skipped test', given: { numPendingTests: 1 }, exitCode: 0, line: '5 passed, 0 failed, 1 skipped' },
  ])('$name', ({ given, exitCode, line }) => {
    expect(summaryLine(jestCounts({ ...report, ...given }, exitCode))).toBe(line);
  });

  it('adds up', () => {
    expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });
});
