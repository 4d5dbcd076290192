import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildableApps } from '../../build/src';
import { ScratchCopy } from '../../check/src';

const root = resolve(__dirname, '../../..');
const copy = new ScratchCopy(root);

/** A commit that adds a file. */
function commit(folder: string, message: string): void {
  mkdirSync(join(copy.folder, folder), { recursive: true });
  writeFileSync(join(copy.folder, folder, 'note.md'), `# ${message}\n`);
  copy.git('add', '.');
  copy.git('commit', '-qnm', message);
}

/** App → the version that `nx release` would give it. */
function planned(): Record<string, string> {
  const { status, stdout, stderr } = copy.run('node_modules/.bin/nx', 'release', '--dry-run', '--skip-publish');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const text = stripVTControlCharacters(stdout);
  return Object.fromEntries(
    [...text.matchAll(/^([a-z-]+) .*New version ([\d.]+) written/gm)].map(([, app = '', version = '']) => [
      app,
      version,
    ]),
  );
}

describe('nx release', () => {
  beforeEach(() => {
    copy.reset();
    buildableApps(root).forEach((app) => copy.git('tag', '-f', `${app}@0.1.0`));
  });
  afterAll(() => copy.remove());

  it('gives each app a version of its own, by the commits that touch it', () => {
    commit('apps/ingest/src/new', 'feat(ingest): something new');
    commit('apps/archiver/src/new', 'fix(archiver): something mended');
    expect(planned()).toEqual({ ingest: '0.2.0', archiver: '0.1.1' });
  });

  it('releases what uses a lib that has changed, and nothing for a page of docs', () => {
    commit('docs', 'docs: a page');
    commit('libs/exhaust/feature-response/src/new', 'fix(exhaust): something mended');
    expect(planned()).toEqual({ exhaust: '0.1.1' });
  });
});
