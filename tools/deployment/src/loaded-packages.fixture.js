/**
 * Loaded before an app's own code: at the end of the process writes to the file of LOADED_PACKAGES_FILE which packages
 * were loaded by then.
 */
const { writeFileSync } = require('node:fs');

const nameOf = (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

process.on('exit', () => {
  const names = new Set(Object.keys(require.cache).flatMap((file) => nameOf(file) ?? []));
  writeFileSync(process.env.LOADED_PACKAGES_FILE, JSON.stringify([...names].sort()));
});
