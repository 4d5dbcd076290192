import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildApps } from './build-apps';
import { readCommit } from './read-commit';
import { buildableApps } from './workspace';

const workspace: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    license: 'MIT',
    engines: { node: '>=20' },
    dependencies: { allowed: '1.0.0', unused: '1.0.0', scripted: '1.0.0' },
    allowScripts: { scripted: false, unused: true },
  }),
  'apps/adder/package.json': JSON.stringify({ version: '4.5.6' }),
  'package-lock.json': JSON.stringify({
    packages: {
      'node_modules/allowed': { version: '1.0.0', dependencies: { deep: '1' } },
      'node_modules/deep': { version: '1.2.3' },
      'node_modules/scripted': { version: '1.0.0', hasInstallScript: true },
      'node_modules/unused': { version: '1.0.0' },
    },
  }),
  'tsconfig.base.json': JSON.stringify({
    compilerOptions: {
      paths: {
        '@scorekeep/core/domain-sum': ['./libs/core/domain-sum/src/index.ts'],
        '@scorekeep/core/domain-unused': ['./libs/core/domain-unused/src/index.ts'],
        '@scorekeep/core/testing-core': ['./libs/core/testing-core/src/index.ts'],
      },
    },
  }),
  'apps/adder/src/main.ts': `
    import { basename } from 'node:path';
    import { version } from '../package.json';
    import { type Unused } from '@scorekeep/core/domain-unused';
    import { sum } from '@scorekeep/core/domain-sum';
    import { words } from './words';
    const unused: Unused | undefined = undefined;
    // require("@scorekeep/core/domain-unused") in a comment is none
    console.log(version, sum(1, 2), words.text, basename('/a/b'), 'require("@scorekeep/core/domain-unused")', unused);
  `,
  'apps/adder/src/words/index.ts': `export const words = { text: 'in words' };`,
  'apps/adder/src/main.spec.ts': `throw new Error('specs are left out');`,
  'apps/library-only/src/index.ts': `export {};`,
  'libs/core/domain-sum/src/index.ts': `export { sum } from './sum';`,
  'libs/core/domain-sum/src/sum.ts': `export function sum(a: number, b: number): number {
    if (a === 13) throw new Error('unlucky');
    return a + b;
  }`,
  'libs/core/domain-unused/src/index.ts': `export type Unused = string; throw new Error('must not be loaded');`,
  'libs/core/testing-core/src/index.ts': `export const fake = 1;`,
};

const roots: string[] = [];

function create(changes: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'build-'));
  roots.push(root);
  for (const [file, text] of Object.entries({ ...workspace, ...changes })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const runApp = (root: string, ...flags: string[]) => {
  const main = join(root, 'dist/apps/adder/main.js');
  return spawnSync(process.execPath, [...flags, main], { cwd: tmpdir(), encoding: 'utf8' });
};

afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

describe('buildApps', () => {
  it('makes an app that node runs from any folder, with the version of package.json', async () => {
    const root = create();
    expect(await buildApps(root, ['adder'])).toEqual([{ app: 'adder', files: 5 }]);
    expect(runApp(root)).toMatchObject({
      status: 0,
      stdout: '4.5.6 3 in words b require("@scorekeep/core/domain-unused") undefined\n',
    });
  });

  it('leaves out what the app does not use', async () => {
    const root = create();
    await buildApps(root, ['adder']);
    expect(
      (readdirSync(join(root, 'dist'), { recursive: true }) as string[]).filter((file) => file.endsWith('.js')).sort(),
    ).toEqual(
      [
        'main.js',
        'apps/adder/src/main.js',
        'apps/adder/src/words/index.js',
        'libs/core/domain-sum/src/index.js',
        'libs/core/domain-sum/src/sum.js',
      ]
        .map((file) => `apps/adder/${file}`)
        .sort(),
    );
  });

  it('loads a file where it is first used, and what is imported for its effect at once', async () => {
    const root = create({
      'apps/adder/src/main.ts': `
        import './effect';
        import { loaded } from './loaded';
        console.log('main');
        if (process.argv.length > 1) console.log(loaded);`,
      'apps/adder/src/effect.ts': `console.log('effect'); export {};`,
      'apps/adder/src/loaded.ts': `console.log('loading'); export const loaded = 'loaded';`,
    });
    await buildApps(root, ['adder']);
    expect(runApp(root)).toMatchObject({ status: 0, stdout: 'effect\nmain\nloading\nloaded\n' });
  });

  it('brings along a file that a thread runs', async () => {
    const root = create({
      'apps/adder/src/main.ts': `
        import { Worker } from 'node:worker_threads';
        new Worker(require.resolve('./work'));`,
      'apps/adder/src/work.ts': `import { words } from './words'; console.log(words.text);`,
    });
    await buildApps(root, ['adder']);
    expect(runApp(root)).toMatchObject({ status: 0, stdout: 'in words\n' });
  });

  it('writes source maps that lead back to the source', async () => {
    const root = create({ 'apps/adder/src/main.ts': `import { sum } from '@scorekeep/core/domain-sum';\nsum(13, 1);` });
    await buildApps(root, ['adder']);
    expect(runApp(root, '--enable-source-maps').stderr).toContain(join(root, 'libs/core/domain-sum/src/sum.ts:2:'));
  });

  it('replaces an older build, and leaves nothing of it', async () => {
    const root = create({ 'dist/apps/adder/stale.js': '' });
    await buildApps(root, ['adder']);
    expect(existsSync(join(root, 'dist/apps/adder/stale.js'))).toBe(false);
    expect(readdirSync(join(root, 'dist'))).toEqual(['apps']);
  });

  it('may run several times at once', async () => {
    const root = create();
    await Promise.all(Array.from({ length: 5 }, () => buildApps(root, ['adder'])));
    expect(runApp(root).status).toBe(0);
    expect(readdirSync(join(root, 'dist'))).toEqual(['apps']);
  });

  it.each([
    [`import { a } from './nothing'; a();`, 'apps/adder/src/main.ts imports ./nothing, which is not there'],
    [`import { a } from 'forbidden/deep'; a();`, 'imports forbidden, which is not among the dependencies'],
    [`import { a } from '@other/pack/deep'; a();`, 'imports @other/pack, which is not among the dependencies'],
    [`import { fake } from '@scorekeep/core/testing-core'; fake();`, 'testing-core, which is for specs only'],
    [`const a = ;`, 'Expression expected'],
  ])('refuses %s, and keeps the build that was there', async (text, words) => {
    const root = create({ 'apps/adder/src/main.ts': text, 'dist/apps/adder/old.js': '' });
    await expect(buildApps(root, ['adder'])).rejects.toThrow(words);
    expect(existsSync(join(root, 'dist/apps/adder/old.js'))).toBe(true);
    expect(readdirSync(join(root, 'dist'))).toEqual(['apps']);
  });

  it('takes packages that are installed in production', async () => {
    const root = create({ 'apps/adder/src/main.ts': `import { a } from 'allowed/deep'; a();` });
    await buildApps(root, ['adder']);
    expect(readFileSync(join(root, 'dist/apps/adder/apps/adder/src/main.js'), 'utf8')).toContain(
      'require("allowed/deep")',
    );
  });
});

describe('package.json and package-lock.json beside main.js', () => {
  const packagesOf = async (root: string) => {
    await buildApps(root, ['adder']);
    return ['package.json', 'package-lock.json'].map(
      (file) => JSON.parse(readFileSync(join(root, 'dist/apps/adder', file), 'utf8')) as object,
    );
  };
  const about = { name: 'adder', version: '4.5.6', license: 'MIT', engines: { node: '>=20' } };

  it('name the packages that the app imports, or needs a file of, and what these need', async () => {
    const root = create({
      'apps/adder/src/main.ts': `import { a } from 'allowed/deep'; a(require.resolve('scripted/package.json'));`,
    });
    const dependencies = { allowed: '1.0.0', scripted: '1.0.0' };
    expect(await packagesOf(root)).toEqual([
      { ...about, private: true, scorekeep: { commit: 'unknown' }, allowScripts: { scripted: false }, dependencies },
      {
        name: 'adder',
        version: '4.5.6',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { ...about, dependencies },
          'node_modules/allowed': { version: '1.0.0', dependencies: { deep: '1' } },
          'node_modules/deep': { version: '1.2.3' },
          'node_modules/scripted': { version: '1.0.0', hasInstallScript: true },
        },
      },
    ]);
  });

  it('name nothing for an app that needs node alone', async () => {
    expect(await packagesOf(create())).toMatchObject([{ dependencies: {} }, { packages: { '': about } }]);
  });
});

describe('readCommit', () => {
  const git = (root: string, ...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: root,
      // a hook of git, in which this may run, names the repository that it is about
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
      encoding: 'utf8',
    }).stdout;

  it('is the last commit, and says when there is more', () => {
    const root = create();
    expect(readCommit(root, {})).toBe('unknown');
    git(root, 'init', '-q');
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'one');
    const commit = git(root, 'rev-parse', '--short=12', 'HEAD').trim();
    expect(readCommit(root, {})).toBe(commit);
    writeFileSync(join(root, 'package.json'), '{}');
    expect(readCommit(root, {})).toBe(`${commit}-dirty`);
  });

  it('is what the environment says where there is no repository', () => {
    expect(readCommit(create(), { SCOREKEEP_COMMIT: 'abc' })).toBe('abc');
  });
});

describe('buildableApps', () => {
  it('are those that can be started', () => {
    expect(buildableApps(create())).toEqual(['adder']);
  });
});
