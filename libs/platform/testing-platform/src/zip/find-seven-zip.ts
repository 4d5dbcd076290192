import { execFileSync } from 'node:child_process';

const NAMES = ['7zz', '7z'];

/** 7-Zip's command; installed with apt where this process may. @throws Error that says how to get it */
export function findSevenZip(): string {
  const found = NAMES.find(isThere);
  if (found !== undefined) return found;
  if (process.getuid?.() === 0) install();
  const installed = NAMES.find(isThere);
  if (installed === undefined) {
    throw new Error('these tests need 7-Zip: sudo apt-get install --no-install-recommends 7zip');
  }
  return installed;
}

function isThere(name: string): boolean {
  try {
    execFileSync(name, ['i'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function install(): void {
  const run = (...args: string[]) => execFileSync('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args]);
  try {
    run('update');
    run('install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', '7zip');
  } catch {
    // The caller says what is missing.
  }
}
