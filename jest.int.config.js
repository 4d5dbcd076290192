/** Integration tests: against the servers of the local stack, in keyspaces, topics and prefixes of their own. */
module.exports = {
  ...require('./jest.preset'),
  testMatch: ['**/*.int-spec.ts'],
  globalSetup: '<rootDir>/tools/jest/use-stack.js',
  testTimeout: 180_000,
};
