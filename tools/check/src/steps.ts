import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../stack/src';
import { jestCounts, type JestReport } from './jest-counts';
import { lintCommands, projectFolders } from './lint-commands';
import { runProgram } from './run-program';
import { type Step, type StepCounts } from './step';

const PARALLEL = process.env['NX_PARALLEL'] ?? '2';
const tsNode = ['-r', '@swc-node/register'];

/** What is checked; without a list, all there is. Paths are relative to the root. */
export interface CheckScope {
  /** To be formatted. */
  readonly files?: readonly string[];
  /** Folders of projects, whose types and style are checked. */
  readonly projects?: readonly string[];
  /** Spec files. */
  readonly unit?: readonly string[];
  readonly integration?: readonly string[];
  readonly e2e?: readonly string[];
}

export const everything: CheckScope = {};

/** What `npm test` does, in this order, as far as it is in scope. */
export function stepsFor(scope: CheckScope): Step[] {
  const { files, projects, unit, integration, e2e } = scope;
  return [
    ...when(files, () => program('format', 'files are formatted', 'prettier', formatArguments(files))),
    ...when(projects, () => workspaceCheck),
    ...when(projects, () => types(projects)),
    ...when(projects, () => lint(projects)),
    ...when(unit, () => jest('unit', 'unit tests', { config: 'jest.config.js', workers: PARALLEL, specs: unit })),
    ...when(projects, () => build),
    ...when(integration && e2e && [...integration, ...e2e], () => stack),
    ...when(integration, () =>
      jest('integration', 'integration tests on real servers', {
        config: 'jest.int.config.js',
        workers: PARALLEL,
        specs: integration,
      }),
    ),
    ...when(e2e, () =>
      jest('e2e', 'black-box tests of the built apps', { config: 'jest.e2e.config.js', workers: '1', specs: e2e }),
    ),
  ];
}

/** The step, unless there is nothing for it to do. */
function when(list: readonly string[] | undefined, step: () => Step): Step[] {
  return list === undefined || list.length > 0 ? [step()] : [];
}

const workspaceCheck = program('workspace', 'names, tags and READMEs agree', 'node', [
  ...tsNode,
  'tools/workspace-check/src/main.ts',
]);

const build = program('build', 'every app builds', 'node', [...tsNode, 'tools/build/src/main.ts']);

const stack: Step = {
  name: 'stack',
  meaning: 'the local stack starts',
  run: async () => {
    await startStack();
    return passedIf(true);
  },
};

function formatArguments(files: readonly string[] = ['.']): string[] {
  return ['--check', '--log-level', 'warn', '--ignore-unknown', ...files];
}

function types(projects: readonly string[] | undefined): Step {
  return {
    name: 'types',
    meaning: 'types',
    run: async () => passedIf((await runProgram(installed('tsc'), ['--noEmit', '-p', typesProject(projects)])) === 0),
  };
}

/** TypeScript takes folders from a configuration only. */
function typesProject(projects: readonly string[] | undefined): string {
  if (projects === undefined) return 'tsconfig.json';
  mkdirSync('tmp', { recursive: true });
  const include = projects.map((folder) => `../${folder}/**/*.ts`);
  writeFileSync('tmp/tsconfig.affected.json', JSON.stringify({ extends: '../tsconfig.base.json', include }));
  return 'tmp/tsconfig.affected.json';
}

function lint(projects: readonly string[] = projectFolders('.')): Step {
  return {
    name: 'lint',
    meaning: 'style and module boundaries',
    run: async () => {
      const commands = lintCommands('.', projects, Number(PARALLEL));
      const codes = await Promise.all(commands.map((args) => runProgram(installed('nx'), args)));
      return passedIf(codes.every((code) => code === 0));
    },
  };
}

function program(name: string, meaning: string, command: string, args: readonly string[]): Step {
  return { name, meaning, run: async () => passedIf((await runProgram(installed(command), args)) === 0) };
}

interface JestRun {
  readonly config: string;
  readonly workers: string;
  readonly specs: readonly string[] | undefined;
}

function jest(name: string, meaning: string, { config, workers, specs }: JestRun): Step {
  return {
    name,
    meaning,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'scorekeep-jest-'));
      const report = join(folder, 'report.json');
      try {
        const chosen = specs === undefined ? [] : ['--runTestsByPath', ...specs];
        const args = ['-c', config, `--maxWorkers=${workers}`, '--json', `--outputFile=${report}`, ...chosen];
        const exitCode = await runProgram(installed('jest'), args);
        return jestCounts(JSON.parse(readFileSync(report, 'utf8')) as JestReport, exitCode);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function installed(command: string): string {
  return command === 'node' ? process.execPath : join('node_modules', '.bin', command);
}

function passedIf(passed: boolean): StepCounts {
  return passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}
