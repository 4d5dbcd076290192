const { pathsToModuleNameMapper } = require('./tools/jest/paths');

/**
 * One transform for every test. `legacyDecorator` and `decoratorMetadata` are what Nest's dependency injection and
 * class-validator need; no .swcrc is read, so a result never depends on the folder jest was started in.
 */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tmp', '<rootDir>/data', '<rootDir>/.nx'],
  moduleNameMapper: pathsToModuleNameMapper(),
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.ts$': [
      '<rootDir>/tools/jest/transform.js',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        sourceMaps: 'inline',
      },
    ],
  },
};
