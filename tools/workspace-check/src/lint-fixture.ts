import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { projectsOf } from './projects';
import { readWorkspaceFiles } from './workspace-files';

/** What lint says of each file that it says something of, as `rule: message`. */
export type Violations = Readonly<Record<string, string[]>>;

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const configuration = ['eslint.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json'];

/**
 * Lints files that a spec made up, through nx, in a copy of the workspace: its configuration, its projects and their tags
 * are the real ones, its sources are `sources` alone.
 */
export function lintFixture(root: string, sources: Readonly<Record<string, string>>): Violations {
  const copy = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    copyWorkspace(root, copy, sources);
    return runLint(copy, Object.keys(sources));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyWorkspace(root: string, copy: string, sources: Readonly<Record<string, string>>): void {
  configuration.forEach((file) => cpSync(join(root, file), join(copy, file)));
  cpSync(join(root, 'tools/lint'), join(copy, 'tools/lint'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'nx.json'), JSON.stringify(withJsonReports(readFileSync(join(root, 'nx.json'), 'utf8'))));
  for (const { folder } of projectsOf(readWorkspaceFiles(root))) {
    mkdirSync(join(copy, folder, 'src'), { recursive: true });
    cpSync(join(root, folder, 'project.json'), join(copy, folder, 'project.json'));
    writeFileSync(join(copy, folder, 'src/index.ts'), 'export const placeholder = 1;\n');
  }
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
}

interface NxConfiguration {
  readonly targetDefaults: { readonly lint: { readonly options: object } };
}

function withJsonReports(text: string): object {
  const nx = JSON.parse(text) as NxConfiguration;
  const { lint } = nx.targetDefaults;
  const options = { ...lint.options, format: 'json', outputFile: 'lint.json' };
  return { ...nx, targetDefaults: { ...nx.targetDefaults, lint: { ...lint, cache: false, options } } };
}

/** All folders in one run of one project's target: a process for each would read the types of all packages again. */
function runLint(copy: string, files: readonly string[]): Violations {
  const folders = [...new Set(files.map((file) => file.replace(/\/src\/.*$/, '')))];
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const { stdout, stderr } = spawnSync(
    join(copy, 'node_modules/.bin/nx'),
    ['run', 'platform-util-config:lint', ...folders.map((folder) => `--lintFilePatterns=${folder}`)],
    {
      cwd: copy,
      env: { ...Object.fromEntries(environment), NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' },
      encoding: 'utf8',
    },
  );
  const report = join(copy, 'lint.json');
  if (!existsSync(report)) throw new Error(`nx did not lint:\n${stdout}${stderr}`);
  return readReport(copy, report);
}

function readReport(copy: string, report: string): Violations {
  return Object.fromEntries(
    (JSON.parse(readFileSync(report, 'utf8')) as LintResult[])
      .filter(({ messages }) => messages.length > 0)
      .map(({ filePath, messages }) => [
        relative(copy, filePath),
        messages.map(({ ruleId, message }) => `${ruleId ?? 'syntax'}: ${message}`),
      ]),
  );
}
