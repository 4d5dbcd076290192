import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRelease, appVersion } from './app-version';

describe('appVersion', () => {
  it('is that of the nearest package.json', () => {
    const root = mkdtempSync(join(tmpdir(), 'version-'));
    mkdirSync(join(root, 'dist/apps/sample'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"version":"1.0.0"}');
    expect(appVersion(join(root, 'dist/apps/sample/main.js'))).toBe('1.0.0');
    writeFileSync(join(root, 'dist/apps/sample/package.json'), '{"version":"2.0.0"}');
    expect(appVersion(join(root, 'dist/apps/sample/main.js'))).toBe('2.0.0');
    rmSync(root, { recursive: true });
  });

  it('comes with the commit that was built', () => {
    const root = mkdtempSync(join(tmpdir(), 'version-'));
    writeFileSync(join(root, 'package.json'), '{"version":"1.0.0"}');
    expect(appRelease(join(root, 'main.js'))).toBe('1.0.0');
    writeFileSync(join(root, 'package.json'), '{"version":"1.0.0","scorekeep":{"commit":"abc"}}');
    expect(appRelease(join(root, 'main.js'))).toBe('1.0.0 (abc)');
    rmSync(root, { recursive: true });
  });

  it('says so when there is none', () => {
    expect(() => appVersion('/main.js')).toThrow('no package.json above /main.js');
  });
});
