import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAllowed } from './licences';

const root = resolve(__dirname, '../../..');

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
}

describe('isAllowed', () => {
  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND (GPL-3.0-only OR ISC)', true],
    ['GPL-3.0-only OR MIT AND ISC', true],
    ['GPL-3.0-only AND MIT OR ISC', true],
    ['(MIT', false],
    ['MIT ISC', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});

describe('the packages of production', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const delivered = Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && dev !== true);

  it('all have a licence that is allowed', () => {
    expect(delivered.length).toBeGreaterThan(100);
    expect(
      delivered.filter(([, { license }]) => !isAllowed(license ?? '')).map(([name, { license }]) => [name, license]),
    ).toEqual([]);
  });
});
