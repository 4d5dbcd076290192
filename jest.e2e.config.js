/** Black-box tests: the built apps as processes, against the local stack. */
module.exports = {
  ...require('./jest.preset'),
  testMatch: ['**/*.e2e-spec.ts'],
  globalSetup: '<rootDir>/tools/jest/use-stack.js',
  testTimeout: 600_000,
};
