import { packageNameOf, pruneLockfile } from './prune-lockfile';

const at = (version: string, more: object = {}) => ({ version, integrity: `sha512-${version}`, ...more });
const peerDependenciesMeta = { e: { optional: true } };

const packages = {
  '': { dependencies: { a: '1', tool: '1' } },
  'node_modules/a': at('1.0.0', { dependencies: { b: '^2' }, optionalDependencies: { native: '1' } }),
  'node_modules/a/node_modules/b': at('2.0.0', { dependencies: { c: '1' } }),
  'node_modules/b': at('1.0.0', { dev: true }),
  'node_modules/c': at('1.0.0', { devOptional: true, peerDependencies: { d: '1', e: '1' }, peerDependenciesMeta }),
  'node_modules/d': at('1.0.0', { peer: true, dependencies: { a: '1' } }),
  'node_modules/e': at('1.0.0'),
  'node_modules/native': at('1.0.0', { optional: true, dependencies: { '@of/native': '1' }, os: ['linux'] }),
  'node_modules/@of/native': at('1.0.0', { optional: true }),
  'node_modules/tool': at('1.0.0', { dev: true, dependencies: { missing: '1' } }),
  'node_modules/lenient': at('1.0.0', { optionalDependencies: { missing: '1' } }),
};

const pruned = (...names: string[]) => pruneLockfile(packages, names);

describe('pruneLockfile', () => {
  it('keeps what is needed where it is, with peers that are not optional', () => {
    expect(Object.keys(pruned('a'))).toEqual([
      'node_modules/@of/native',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/d',
      'node_modules/native',
    ]);
  });

  it('keeps versions and checksums, and marks as optional what may be left out', () => {
    const { 'node_modules/c': c, 'node_modules/native': native } = pruned('a');
    expect(c).toEqual(at('1.0.0', { peerDependencies: { d: '1', e: '1' }, peerDependenciesMeta }));
    expect(native).toMatchObject({ optional: true, os: ['linux'] });
    expect(pruned('native')['node_modules/native']).not.toHaveProperty('optional');
  });

  it.each([
    ['b', ['node_modules/b']],
    ['e', ['node_modules/e']],
    ['lenient', ['node_modules/lenient']],
  ])('of %s finds the outermost', (name, folders) => {
    expect(Object.keys(pruned(name))).toEqual(folders);
  });

  it.each([
    ['nothing', 'package-lock.json has no nothing, which the app needs'],
    ['tool', 'package-lock.json has no missing, which node_modules/tool needs'],
  ])('refuses %s', (name, words) => {
    expect(() => pruned(name)).toThrow(words);
  });
});

describe('packageNameOf', () => {
  it.each([
    ['node_modules/a', 'a'],
    ['node_modules/a/node_modules/@b/c', '@b/c'],
  ])('%s', (folder, name) => {
    expect(packageNameOf(folder)).toBe(name);
  });
});
