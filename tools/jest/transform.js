const { createTransformer } = require('@swc/jest');

/**
 * As the apps are built: whatever is imported is loaded where it is first used, which spares each spec most of what
 * lies behind the index files it imports.
 */
exports.createTransformer = (options) => {
  const transformers = new Map();
  return {
    process: (source, file, given) => transformerOf(source).process(source, file, given),
    getCacheKey: (source, file, given) => transformerOf(source).getCacheKey(source, file, given),
  };

  function transformerOf(source) {
    const lazy = [...new Set(Array.from(source.matchAll(/\bfrom ['"]([^'"\n]+)['"]/g), ([, name]) => name))].sort();
    const key = lazy.join('\n');
    if (!transformers.has(key))
      transformers.set(key, createTransformer({ ...options, module: { type: 'commonjs', lazy } }));
    return transformers.get(key);
  }
};
