import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CheckScope, runSteps, stepsFor } from '../../check/src';
import { affectedProjects, projectsByFolder } from './affected-projects';
import { allFiles, changedFiles, UnknownBaseError } from './changed-files';
import { selectChecks } from './select-checks';

const root = resolve(__dirname, '../../..');
const usage = `usage: npm run affected -- --base <ref> [--print]

The checks of npm test for what a change since <ref> can touch, uncommitted files included.
  --print  say as one JSON object what would be checked, and check nothing`;

function selectSince(base: string): CheckScope {
  const changed = changedFiles(root, base);
  const files = allFiles(root);
  const startedApps = JSON.parse(readFileSync(join(root, 'apps/e2e/started-apps.json'), 'utf8')) as Record<
    string,
    string[]
  >;
  return selectChecks({
    changed,
    files,
    projects: projectsByFolder(root, files),
    affected: affectedProjects(root, changed),
    startedApps,
  });
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { base: { type: 'string' }, print: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (!values.base) {
    process.stderr.write(`error: --base is missing\n${usage}\n`);
    return 2;
  }
  const scope = selectSince(values.base);
  if (values.print) {
    process.stdout.write(`${JSON.stringify(scope)}\n`);
    return 0;
  }
  return runSteps(stepsFor(scope));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: NodeJS.ErrnoException) => {
    const isUsage = error instanceof UnknownBaseError || String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`error: ${isUsage ? `${error.message}\n${usage}` : error.stack}\n`);
    process.exit(isUsage ? 2 : 1);
  },
);
