/**
 * `npm install` runs this (`prepare`): git finds the hooks of this folder from now on. Nothing happens in CI, in a copy without
 * a repository, and where somebody has hooks of their own.
 */
'use strict';

const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../../..');
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

const isOurs = existsSync(join(root, '.git'));
if (isOurs && !process.env.CI && git('config', '--get', 'core.hooksPath').status === 1) {
  git('config', '--local', 'core.hooksPath', 'tools/check/hooks');
}
