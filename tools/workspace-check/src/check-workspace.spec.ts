import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkWorkspace } from './check-workspace';
import { readKnownTags } from './known-tags';
import { readWorkspaceFiles } from './workspace-files';

const knownTags = new Set(
  'scope:core scope:ingest scope:archival scope:platform type:app type:domain type:adapter tech:kafka tech:s3'.split(
    ' ',
  ),
);

const project = (name: string, folder: string, ...tags: string[]) =>
  JSON.stringify({ name, sourceRoot: `${folder}/src`, tags, targets: { lint: {}, test: {} } });
const readme = `# A title\n\n${'Words that say what it is for. '.repeat(6)}`;
const runbook = `${readme}\n\n## Start\n\n${'Words that say how to run it. '.repeat(15)}`;

const sum = 'libs/core/domain-sum';
const queue = 'libs/platform/adapter-queue';
const good: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    dependencies: { kafkajs: '2.2.4' },
    devDependencies: { nx: '22.7.12', '@nx/js': '22.7.12', duckdb: '1.5.5-r.5' },
    overrides: { resolver: '1.12.2' },
  }),
  'package-lock.json': '{"packages":{"node_modules/kafkajs":{"version":"2.2.4","resolved":"file:x"}}}',
  '.npmrc': 'omit-lockfile-registry-resolved=true\n',
  'tsconfig.base.json': JSON.stringify({
    compilerOptions: {
      paths: {
        '@scorekeep/core/domain-sum': [`./${sum}/src/index.ts`],
        '@scorekeep/platform/adapter-queue': [`./${queue}/src/index.ts`],
      },
    },
  }),
  [`${sum}/project.json`]: project('core-domain-sum', sum, 'scope:core', 'type:domain'),
  [`${sum}/README.md`]: readme,
  [`${sum}/src/index.ts`]: `export { sum, type Summand } from './sum';`,
  [`${sum}/src/sum.ts`]: `// eslint-disable-next-line no-console -- shown to whoever adds\nexport const sum = 1;`,
  [`${sum}/src/sum.spec.ts`]: `it.each([1])('adds', () => profit(1)); describe('skipping', () => {});`,
  [`${sum}/src/sum.rounding.spec.ts`]: '',
  [`${queue}/project.json`]: project('platform-adapter-queue', queue, 'scope:platform', 'type:adapter', 'tech:kafka'),
  [`${queue}/README.md`]: readme,
  [`${queue}/src/index.ts`]: `export { Queue } from './queue.client';`,
  [`${queue}/src/queue.client.ts`]: 'export class Queue {}',
  'apps/ingest/project.json': project('ingest', 'apps/ingest', 'scope:ingest', 'type:app'),
  'apps/ingest/README.md': runbook,
  'apps/ingest/src/main.ts': '',
  'tools/stack/project.json': project('tools-stack', 'tools/stack', 'scope:tools', 'type:tool'),
  'tools/stack/README.md': readme,
  'tools/stack/src/main.ts': '',
  'tools/jest/paths.js': '',
};

/** The problems after some files were changed, or removed (undefined). */
function problemsAfter(changes: Readonly<Record<string, string | undefined>>): string[] {
  const texts = new Map(Object.entries({ ...good, ...changes }).filter(([, text]) => text !== undefined));
  return checkWorkspace({ paths: [...texts.keys()].sort(), read: (path) => texts.get(path) ?? '' }, knownTags);
}

const replace = (path: string, from: string, to: string) => ({ [path]: good[path]?.replace(from, to) });

describe('checkWorkspace', () => {
  it('has nothing to say about a workspace that is right', () => {
    expect(problemsAfter({})).toEqual([]);
  });

  it.each([
    ['a missing project', { [`${sum}/project.json`]: undefined }, [`${sum}/project.json: is missing`]],
    [
      'a name that is not the folder’s',
      replace(`${sum}/project.json`, '"core-domain-sum"', '"core-sum"'),
      [`${sum}/project.json: name must be core-domain-sum`],
    ],
    [
      'a source root elsewhere',
      replace('apps/ingest/project.json', 'apps/ingest/src', 'apps/src'),
      ['apps/ingest/project.json: sourceRoot must be apps/ingest/src'],
    ],
    [
      'a project that is never linted',
      replace('tools/stack/project.json', '"lint":{},', ''),
      ['tools/stack/project.json: target lint is missing'],
    ],
    [
      'a mistyped tag',
      replace(`${sum}/project.json`, 'type:domain', 'type:domian'),
      [
        `${sum}/project.json: tag type:domian is unknown to tools/lint/boundaries.mjs`,
        `${sum}/project.json: tags must hold type:domain and no other type`,
      ],
    ],
    [
      'a tag of another scope',
      replace(`${sum}/project.json`, 'scope:core', 'scope:ingest'),
      [`${sum}/project.json: tags must hold one scope, scope:core`],
    ],
    [
      'a second type',
      replace(`${sum}/project.json`, '"type:domain"', '"type:domain","type:app"'),
      [`${sum}/project.json: tags must hold type:domain and no other type`],
    ],
    [
      'an unknown scope of an app',
      replace('apps/ingest/project.json', 'scope:ingest', 'scope:ingset'),
      ['apps/ingest/project.json: tag scope:ingset is unknown to tools/lint/boundaries.mjs'],
    ],
    [
      'an app without scope',
      replace('apps/ingest/project.json', '"scope:ingest",', ''),
      ["apps/ingest/project.json: tags must hold one scope, the app's"],
    ],
    [
      'an adapter without technology',
      replace(`${queue}/project.json`, ',"tech:kafka"', ''),
      [`${queue}/project.json: tags must hold exactly one tech:`],
    ],
    [
      'an adapter of two technologies',
      replace(`${queue}/project.json`, '"tech:kafka"', '"tech:kafka","tech:s3"'),
      [`${queue}/project.json: tags must hold exactly one tech:`],
    ],
    [
      'an unknown technology',
      replace(`${queue}/project.json`, 'tech:kafka', 'tech:kafak'),
      [`${queue}/project.json: tag tech:kafak is unknown to tools/lint/boundaries.mjs`],
    ],
    [
      'a domain with a technology',
      replace(`${sum}/project.json`, '"type:domain"', '"type:domain","tech:s3"'),
      [`${sum}/project.json: only adapters have a tech: tag`],
    ],
    [
      'wrong tags of a tool',
      replace('tools/stack/project.json', 'scope:tools', 'scope:core'),
      ['tools/stack/project.json: tags must hold one scope, scope:tools'],
    ],
    [
      'a lib without alias',
      replace('tsconfig.base.json', 'core/domain-sum"', 'core/domain-sums"'),
      [
        'tsconfig.base.json: paths has @scorekeep/core/domain-sums, but there is no such lib',
        'tsconfig.base.json: paths must have "@scorekeep/core/domain-sum": ["./libs/core/domain-sum/src/index.ts"]',
      ],
    ],
    [
      'an alias of another file',
      replace('tsconfig.base.json', `./${sum}/src/index.ts`, `./${sum}/src/sum.ts`),
      ['tsconfig.base.json: paths must have "@scorekeep/core/domain-sum": ["./libs/core/domain-sum/src/index.ts"]'],
    ],
    ['a missing README', { [`${sum}/README.md`]: undefined }, [`${sum}/README.md: is missing`]],
    [
      'an empty README',
      { [`${sum}/README.md`]: 'sum' },
      [`${sum}/README.md: must begin with a title`, `${sum}/README.md: says too little (3 characters, at least 150)`],
    ],
    [
      'an app whose README is no runbook',
      { 'apps/ingest/README.md': readme },
      [
        'apps/ingest/README.md: a runbook has sections',
        `apps/ingest/README.md: says too little (${readme.length} characters, at least 500)`,
      ],
    ],
    ['a missing index.ts', { [`${sum}/src/index.ts`]: undefined }, [`${sum}/src/index.ts: is missing`]],
    [
      'an index.ts that exports all',
      { [`${sum}/src/index.ts`]: `export * from './sum';` },
      [`${sum}/src/index.ts: must name what it exports, not export *`],
    ],
    ['a lib that exports nothing', { [`${sum}/src/index.ts`]: 'export {};' }, [`${sum}/src/index.ts: exports nothing`]],
    ['a file in camel case', { [`${sum}/src/theSum.ts`]: '' }, [`${sum}/src/theSum.ts: names are kebab-case`]],
    ['a folder with a capital', { [`${sum}/src/Sums/sum.ts`]: '' }, [`${sum}/src/Sums/sum.ts: names are kebab-case`]],
    [
      'a spec that would never run',
      { [`${sum}/src/sum.specs.ts`]: '' },
      [`${sum}/src/sum.specs.ts: .specs is no role (roles: file-name.rules.ts)`],
    ],
    [
      'a project that has no place',
      { 'libs/core/sums/src/sum.ts': '' },
      [
        'libs/core/sums/README.md: is missing',
        'libs/core/sums/src/index.ts: is missing',
        "libs/core/sums: the folder's name must begin with adapter-, contract-, domain-, feature-, testing- or util-",
        'tsconfig.base.json: paths must have "@scorekeep/core/sums": ["./libs/core/sums/src/index.ts"]',
      ],
    ],
    [
      'a suppression without reason',
      { [`${sum}/src/sum.ts`]: 'a;\n// eslint-disable-next-line no-console\nb;' },
      [
        `${sum}/src/sum.ts:2: a suppressed lint rule needs its reason: \` -- why\` (// eslint-disable-next-line no-console)`,
      ],
    ],
    [
      'a suppression with a dash and no word',
      { 'tools/jest/paths.js': '/* eslint-disable no-console -- */' },
      [
        'tools/jest/paths.js:1: a suppressed lint rule needs its reason: ` -- why` (/* eslint-disable no-console -- */)',
      ],
    ],
    [
      'work put off',
      { [`${sum}/README.md`]: `${readme}\nTODO: more` },
      [`${sum}/README.md:4: work left for later: do it, or make an issue of it (TODO)`],
    ],
    [
      'a range of versions',
      replace('package.json', '2.2.4', '^2.2.4'),
      ['package.json: kafkajs must have an exact version, not ^2.2.4'],
    ],
    [
      'an override with a range',
      replace('package.json', '1.12.2', '1.x'),
      ['package.json: resolver must have an exact version, not 1.x'],
    ],
    [
      'two versions of Nx',
      replace('package.json', '"@nx/js":"22.7.12"', '"@nx/js":"22.7.11"'),
      ['package.json: nx and @nx/* must have one version, not 22.7.12, 22.7.11'],
    ],
    [
      'a lockfile that names a registry',
      { 'package-lock.json': '{\n"resolved": "https://registry.example/kafkajs.tgz" }' },
      ['package-lock.json:2: names a registry; it must install from whatever is configured'],
    ],
    [
      'a registry in .npmrc',
      { '.npmrc': 'registry = http://registry.example/\n' },
      ['.npmrc:1: names a registry; it must install from whatever is configured'],
    ],
  ])('finds %s', (_, changes, problems) => {
    expect(problemsAfter(changes)).toEqual(problems);
  });

  it.each([
    'it.only(',
    'describe.only(',
    'test.skip(',
    'it.concurrent.only(',
    'it.todo(',
    'xit(',
    'fdescribe(',
    'xit.each(',
  ])('finds %s in a spec', (text) => {
    expect(problemsAfter({ [`${sum}/src/sum.spec.ts`]: `\n${text}'x', () => {});` })).toEqual([
      expect.stringMatching(/sum\.spec\.ts:2: a test that is left out, or leaves out others/),
    ]);
  });

  it('tells all problems at once', () => {
    expect(
      problemsAfter({ [`${sum}/README.md`]: undefined, [`${queue}/README.md`]: undefined, '.npmrc': '//host/:x=y' }),
    ).toHaveLength(3);
  });
});

describe('readWorkspaceFiles', () => {
  it('lists what is not installed or generated', () => {
    const root = mkdtempSync(join(tmpdir(), 'check-'));
    for (const file of ['a.ts', 'libs/core/b.ts', 'node_modules/c.ts', 'libs/core/dist/d.ts', '.npmrc']) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), file);
    }
    const files = readWorkspaceFiles(root);
    expect(files.paths).toEqual(['.npmrc', 'a.ts', 'libs/core/b.ts']);
    expect(files.read('libs/core/b.ts')).toBe('libs/core/b.ts');
    rmSync(root, { recursive: true });
  });
});

describe('readKnownTags', () => {
  it('reads them from the constraints of the lint', () => {
    const tags = readKnownTags(resolve(__dirname, '../../..'));
    expect([...tags]).toEqual(expect.arrayContaining(['scope:core', 'type:domain', 'tech:cassandra']));
  });
});
