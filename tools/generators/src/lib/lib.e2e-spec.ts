import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ScratchCopy } from '../../../check/src';

const copy = new ScratchCopy(resolve(__dirname, '../../../..'));
const generate = (...options: string[]) =>
  copy.run('node_modules/.bin/nx', 'g', './tools/generators.json:lib', '--no-interactive', ...options);
const description = '--description=Who gets a certificate, and when.';

describe('nx g …:lib', () => {
  beforeEach(() => copy.reset());
  afterAll(() => copy.remove());

  it('makes a lib that passes every check', () => {
    expect(generate('--scope=core', '--type=domain', '--name=certificate-rules', description)).toMatchObject({
      status: 0,
    });
    const lib = 'libs/core/domain-certificate-rules';
    writeFileSync(
      join(copy.folder, 'tsconfig.lib.json'),
      JSON.stringify({ extends: './tsconfig.base.json', include: [`${lib}/**/*.ts`] }),
    );
    const checks: readonly (readonly [string, ...string[]])[] = [
      ['node_modules/.bin/prettier', '--check', lib, 'tsconfig.base.json'],
      [process.execPath, '-r', '@swc-node/register', 'tools/workspace-check/src/main.ts'],
      ['node_modules/.bin/tsc', '--noEmit', '-p', 'tsconfig.lib.json'],
      ['node_modules/.bin/nx', 'run', 'core-domain-certificate-rules:lint'],
      ['node_modules/.bin/nx', 'run', 'core-domain-certificate-rules:test'],
    ];
    checks.forEach(([command, ...args]) => {
      const { status, stdout, stderr } = copy.run(command, ...args);
      expect([status, args, `${stdout}${stderr}`]).toEqual([0, args, expect.any(String)]);
    });
  });

  it.each([
    [['--scope=core', '--type=domain', '--name=archive', description], 'libs/core/domain-archive is there already'],
    [['--scope=core', '--type=adapter', '--name=new', description], 'needs --tech'],
    [['--scope=core', '--type=domain', '--name=new', '--tech=s3', description], 'needs --tech'],
    [['--scope=nobody', '--type=domain', '--name=new', description], 'scope'],
    [['--scope=core', '--type=domain', '--name=New Lib', description], 'name'],
  ])('refuses %j', (options, words) => {
    const { status, stdout, stderr } = generate(...options);
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(words);
    expect(existsSync(join(copy.folder, 'libs/core/domain-new'))).toBe(false);
  });
});
