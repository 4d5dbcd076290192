'use strict';

const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = process.cwd();

if (!existsSync(join(root, 'node_modules/.bin/prettier'))) {
  process.stderr.write('pre-commit: nothing is checked before npm install\n');
  process.exit(0);
}

const run = (program, ...args) => spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
const staged = spawnSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'], { encoding: 'utf8' })
  .stdout.split('\0')
  .filter((path) => path !== '' && existsSync(path));

const checks = [
  () =>
    staged.length === 0 ||
    run('node_modules/.bin/prettier', '--check', '--log-level', 'warn', '--ignore-unknown', ...staged),
  () => run(process.execPath, '-r', '@swc-node/register', 'tools/workspace-check/src/main.ts'),
];
const failed = checks.filter((check) => !check()).length;
if (failed > 0) process.stderr.write('pre-commit: see above; npx prettier --write <file> formats\n');
process.exit(failed === 0 ? 0 : 1);
