const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '../..');

/**
 * Before tests on real servers: the apps are built, the local stack runs, and its settings are in the environment that
 * jest's workers inherit. They replace settings of the same names, so that no test ever reaches another cluster.
 */
module.exports = function useStack() {
  tool('build');
  tool('stack', 'start');
  for (const line of tool('stack', 'env').trim().split('\n')) {
    const equals = line.indexOf('=');
    process.env[line.slice(0, equals)] = line.slice(equals + 1);
  }
};

/** @returns what the tool printed on stdout */
function tool(name, ...parameters) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['tools/bootstrap.js', `tools/${name}/src/main.ts`, ...parameters],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`Needed before the tests, and failed: ${[name, ...parameters].join(' ')}`);
  return stdout;
}
