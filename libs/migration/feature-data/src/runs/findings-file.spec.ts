import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FindingsFile } from './findings-file';

describe('FindingsFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'findings-'));
  const path = join(folder, 'deep', 'rejects.jsonl');
  const lines = (): unknown[] =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('begins empty, keeps what finished units found, and drops what others did', () => {
    const file = new FindingsFile(path);
    file.begin(new Set());
    file.append('rows:0', [{ why: 'a' }]);
    file.append('rows:1', [{ why: 'b' }, { why: 'c' }]);
    file.append('rows:2', []);
    appendFileSync(path, '{"unit":"rows:0"');
    new FindingsFile(path).begin(new Set(['rows:1']));
    expect(lines()).toEqual([
      { why: 'b', unit: 'rows:1' },
      { why: 'c', unit: 'rows:1' },
    ]);
    new FindingsFile(path).begin(new Set());
    expect(lines()).toEqual([]);
  });
});
