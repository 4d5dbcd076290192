const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '../..');

/**
 * Before tests on real servers: the local stack runs, and its settings are in the environment that jest's workers
 * inherit. They replace settings of the same names, so that no test ever reaches another cluster.
 */
module.exports = function useStack() {
  stack('start');
  for (const line of stack('env').trim().split('\n')) {
    const equals = line.indexOf('=');
    process.env[line.slice(0, equals)] = line.slice(equals + 1);
  }
};

function stack(command) {
  const { status, stdout } = spawnSync(process.execPath, ['tools/bootstrap.js', 'tools/stack/src/main.ts', command], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The local stack is needed and could not be used: "stack ${command}" failed.`);
  return stdout;
}
