import { appendFileSync, existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CheckScope, ScratchCopy } from '../../check/src';
import { allFiles } from './changed-files';

const root = resolve(__dirname, '../../..');
const copy = new ScratchCopy(root);
const scratch = copy.folder;

afterAll(() => copy.remove());

const affected = (...args: string[]) =>
  copy.run(process.execPath, 'tools/bootstrap.js', 'tools/affected/src/main.ts', ...args);

/** What `npm run affected -- --base start` would check. */
function selected(): Required<CheckScope> {
  const { status, stdout, stderr } = affected('--base', 'start', '--print');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Required<CheckScope>;
}

const within = (specs: readonly string[], folder: string) => specs.filter((path) => path.startsWith(folder));

describe('npm run affected, on a scratch copy of this repository,', () => {
  beforeEach(() => copy.reset());

  it('for a change in docs runs nothing but the format of the page', () => {
    appendFileSync(join(scratch, 'docs/architecture.md'), '\nMore.\n');
    expect(selected()).toEqual({ files: ['docs/architecture.md'], projects: [], unit: [], integration: [], e2e: [] });
  });

  it('for a change in the S3 adapter runs what stores objects, and not the ingest', () => {
    appendFileSync(join(scratch, 'libs/platform/adapter-storage-s3/src/index.ts'), '\n');
    copy.git('commit', '-qnam', 'change');
    const { projects, integration, e2e } = selected();
    expect(projects).toEqual(
      expect.arrayContaining(['libs/platform/adapter-storage-s3', 'apps/archiver', 'apps/exhaust']),
    );
    expect(projects.filter((folder) => /ingest|content-state|domain-scoring/.test(folder))).toEqual([]);
    ['libs/platform/adapter-storage-s3/', 'apps/archiver/', 'apps/exhaust/'].forEach((folder) =>
      expect(within(integration, folder)).not.toEqual([]),
    );
    expect(e2e).toContain('apps/e2e/src/story.e2e-spec.ts');
    expect(e2e.filter((path) => /\/(ingest|content-state)[^/]*$/.test(path))).toEqual([]);
  });

  it('for a change in domain-scoring runs its users', () => {
    unlinkSync(join(scratch, 'libs/core/domain-scoring/README.md'));
    const { files, projects, unit, integration, e2e } = selected();
    expect(files).toEqual([]);
    expect(projects).toEqual(
      expect.arrayContaining(['libs/core/domain-scoring', 'libs/core/adapter-cassandra', 'apps/ingest', 'apps/e2e']),
    );
    expect(projects).not.toContain('libs/platform/adapter-storage-s3');
    expect(within(unit, 'libs/core/domain-scoring/')).not.toEqual([]);
    expect(within(integration, 'libs/core/adapter-cassandra/')).not.toEqual([]);
    expect(e2e).toContain('apps/e2e/src/ingest-kill.e2e-spec.ts');
  });

  it('for a change in nx.json runs all', () => {
    appendFileSync(join(scratch, 'nx.json'), '\n');
    const { projects, unit, integration, e2e } = selected();
    const all = allFiles(scratch);
    const those = (ending: string) => all.filter((path) => path.endsWith(ending)).sort();
    expect(projects).toHaveLength(those('/project.json').length);
    expect([...unit].sort()).toEqual(those('.spec.ts'));
    expect([...integration].sort()).toEqual(those('.int-spec.ts'));
    expect(e2e).toEqual(those('.e2e-spec.ts'));
  });

  it('fails when something that it runs fails; files count that are not committed', () => {
    writeFileSync(join(scratch, 'docs/new.md'), '#    Badly formatted\n\n\n\ntext');
    expect(selected()).toMatchObject({ files: ['docs/new.md'], projects: [] });
    const { status, stdout } = affected('--base', 'start');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAILED format/m);
    expect(stdout).toMatch(/\n0 passed, 1 failed\n$/);
  });

  it.each([
    [['--base', 'nowhere'], 'nowhere'],
    [[], '--base is missing'],
    [['--what'], "Unknown option '--what'"],
  ])('says how it is used: %j', (args, words) => {
    expect(affected(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) as string });
  });
});

describe('apps/e2e/started-apps.json', () => {
  const started = JSON.parse(readFileSync(join(root, 'apps/e2e/started-apps.json'), 'utf8')) as Record<
    string,
    string[]
  >;
  const specs = readdirSync(join(root, 'apps/e2e/src'));

  it.each(Object.entries(started))('%s names specs that there are, and apps', (prefix, apps) => {
    expect(specs.some((name) => name.startsWith(prefix) && name.endsWith('.e2e-spec.ts'))).toBe(true);
    apps.forEach((app) => expect(existsSync(join(root, 'apps', app, 'src/main.ts'))).toBe(true));
  });
});
