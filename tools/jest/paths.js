const { compilerOptions } = require('../../tsconfig.base.json');

/** The path aliases of tsconfig.base.json in jest's form: each names exactly one lib's index.ts. */
exports.pathsToModuleNameMapper = () =>
  Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, file.replace(/^\./, '<rootDir>')]),
  );
