import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../stack/src';
import { jestCounts, type JestReport } from './jest-counts';
import { runProgram } from './run-program';
import { type Step, type StepCounts } from './step';

const PARALLEL = process.env['NX_PARALLEL'] ?? '2';
const tsNode = ['-r', '@swc-node/register'];

/** Everything that `npm test` does, in this order. */
export const steps: readonly Step[] = [
  program('format', 'files are formatted', 'prettier', ['--check', '--log-level', 'warn', '.']),
  program('workspace', 'names, tags and READMEs agree', 'node', [...tsNode, 'tools/workspace-check/src/main.ts']),
  program('types', 'types', 'tsc', ['--noEmit', '-p', 'tsconfig.json']),
  program('lint', 'style and module boundaries', 'nx', [
    'run-many',
    '-t',
    'lint',
    `--parallel=${PARALLEL}`,
    '--outputStyle=static',
  ]),
  jest('unit', 'unit tests', 'jest.config.js', PARALLEL),
  program('build', 'every app builds', 'node', [...tsNode, 'tools/build/src/main.ts']),
  { name: 'stack', meaning: 'the local stack starts', run: () => stack() },
  jest('integration', 'integration tests on real servers', 'jest.int.config.js', PARALLEL),
  jest('e2e', 'black-box tests of the built apps', 'jest.e2e.config.js', '1'),
];

function program(name: string, meaning: string, command: string, args: readonly string[]): Step {
  return { name, meaning, run: async () => passedIf((await runProgram(installed(command), args)) === 0) };
}

function jest(name: string, meaning: string, config: string, workers: string): Step {
  return {
    name,
    meaning,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'scorekeep-jest-'));
      const report = join(folder, 'report.json');
      try {
        const args = ['-c', config, `--maxWorkers=${workers}`, '--json', `--outputFile=${report}`];
        const exitCode = await runProgram(installed('jest'), args);
        return jestCounts(JSON.parse(readFileSync(report, 'utf8')) as JestReport, exitCode);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

async function stack(): Promise<StepCounts> {
  await startStack();
  return passedIf(true);
}

function installed(command: string): string {
  return command === 'node' ? process.execPath : join('node_modules', '.bin', command);
}

function passedIf(passed: boolean): StepCounts {
  return passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}
