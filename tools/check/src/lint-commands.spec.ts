import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { lintCommands, projectFolders } from './lint-commands';

describe('lintCommands', () => {
  const root = mkdtempSync(join(tmpdir(), 'lint-'));
  const folders = ['apps/large', 'libs/core/small', 'libs/core/middle', 'tools/tiny'];
  const sizes = [5, 2, 3, 1];

  beforeAll(() => {
    folders.forEach((folder, index) => {
      const files = Array.from({ length: sizes[index] ?? 0 }, (_, number) => `src/deep/${number}.ts`);
      [...files, 'project.json', 'README.md'].forEach((file) => {
        mkdirSync(dirname(join(root, folder, file)), { recursive: true });
        writeFileSync(join(root, folder, file), JSON.stringify({ name: folder.replace(/.*\//, '') }));
      });
    });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const patterns = (...names: string[]) => names.map((name) => `--lintFilePatterns=${name}`);

  it('shares all projects out among the processes, about equally', () => {
    expect(lintCommands(root, folders, 2)).toEqual([
      ['run', 'large:lint', '--skip-nx-cache', ...patterns('apps/large', 'tools/tiny')],
      ['run', 'middle:lint', '--skip-nx-cache', ...patterns('libs/core/middle', 'libs/core/small')],
    ]);
  });

  it('needs no more processes than there are projects', () => {
    expect(lintCommands(root, ['tools/tiny'], 4)).toEqual([
      ['run', 'tiny:lint', '--skip-nx-cache', ...patterns('tools/tiny')],
    ]);
    expect(lintCommands(root, [], 4)).toEqual([]);
  });

  it('finds projects by their project.json', () => {
    expect(projectFolders(root)).toEqual([...folders].sort());
    expect(projectFolders(resolve(__dirname, '../../..'))).toEqual(
      expect.arrayContaining(['apps/ingest', 'libs/core/domain-scoring', 'tools/check']),
    );
  });
});
