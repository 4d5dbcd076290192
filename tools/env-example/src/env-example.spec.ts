import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { envExample } from './env-example';

const file = join(resolve(__dirname, '../../..'), '.env.example');

describe('.env.example', () => {
  it('is what tools/env-example writes', () => {
    expect(readFileSync(file, 'utf8')).toBe(envExample());
  });

  it('lists each variable that an app reads, once', () => {
    const names: readonly string[] = envExample().match(/^#[A-Z0-9_]+(?==)/gm) ?? [];
    expect(names.length).toBeGreaterThan(50);
    // HTTP_PORT has a default of each app's own
    expect(names.filter((name, index) => names.indexOf(name) !== index && name !== '#HTTP_PORT')).toEqual([]);
  });
});
