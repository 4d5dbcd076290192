import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const copies: string[] = [];

/** A hook of git, in which this may run, names the repository that it is about; in CI nothing would be installed. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'CI'),
);

function run(folder: string, command: string, args: string[], more: Record<string, string> = {}) {
  return spawnSync(command, args, { cwd: folder, env: { ...environment, ...more }, encoding: 'utf8' });
}

const git = (folder: string, ...args: string[]) =>
  run(folder, 'git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args]);

/** As little of this repository as the hook needs: a workspace without projects. */
function copyOf(isRepository: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  copies.push(folder);
  ['tools/check/hooks', 'tools/lint', 'tools/workspace-check', '.prettierrc', '.prettierignore'].forEach((path) =>
    cpSync(join(root, path), join(folder, path), { recursive: true }),
  );
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), '{}\n');
  writeFileSync(join(folder, 'tsconfig.base.json'), '{ "compilerOptions": { "paths": {} } }\n');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (isRepository) git(folder, 'init', '-q');
  return folder;
}

const install = (folder: string, more?: Record<string, string>) =>
  run(folder, process.execPath, ['tools/check/hooks/install.js'], more);
const hooksOf = (folder: string) => git(folder, 'config', '--get', 'core.hooksPath').stdout.trim();

afterAll(() => copies.forEach((folder) => rmSync(folder, { recursive: true })));

describe('npm install', () => {
  it('lets git find the hooks, unless there are others', () => {
    const folder = copyOf(true);
    expect(install(folder).status).toBe(0);
    expect(hooksOf(folder)).toBe('tools/check/hooks');
    git(folder, 'config', 'core.hooksPath', 'mine');
    install(folder);
    expect(hooksOf(folder)).toBe('mine');
  });

  it('does nothing in CI, nor without a repository', () => {
    const folder = copyOf(true);
    expect(install(folder, { CI: 'true' }).status).toBe(0);
    expect(hooksOf(folder)).toBe('');
    expect(install(copyOf(false))).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('the pre-commit hook', () => {
  const folder = copyOf(true);
  const commit = () => git(folder, 'commit', '-qm', 'test');

  beforeAll(() => {
    install(folder);
    git(folder, 'add', '.');
    git(folder, 'commit', '-qnm', 'start');
  });
  beforeEach(() => {
    git(folder, 'reset', '-q', '--hard');
    mkdirSync(join(folder, 'docs'), { recursive: true });
  });

  it('lets pass what is formatted', () => {
    writeFileSync(join(folder, 'docs/page.md'), '# Page\n');
    git(folder, 'add', '.');
    expect(commit().status).toBe(0);
  });

  it('refuses what is not', () => {
    appendFileSync(join(folder, 'docs/page.md'), '\n\n\n\n#   More');
    git(folder, 'add', '.');
    const { status, stderr } = commit();
    expect(status).toBe(1);
    expect(stderr).toContain('docs/page.md');
  });

  it('refuses a project that is not whole', () => {
    mkdirSync(join(folder, 'libs/core/domain-new/src'), { recursive: true });
    writeFileSync(join(folder, 'libs/core/domain-new/src/a.ts'), 'export const a = 1;\n');
    git(folder, 'add', '.');
    const { status, stdout, stderr } = commit();
    expect(status).toBe(1);
    expect(`${stdout}${stderr}`).toContain('libs/core/domain-new/project.json: is missing');
  });
});
