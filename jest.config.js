/** Unit tests: pure and fast, no server. */
module.exports = { ...require('./jest.preset'), testMatch: ['**/*.spec.ts'] };
