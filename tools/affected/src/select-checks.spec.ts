import { type Change, selectChecks } from './select-checks';

const files = [
  '.prettierrc',
  'README.md',
  'apps/e2e/src/api.read.e2e-spec.ts',
  'apps/e2e/src/api-other.e2e-spec.ts',
  'apps/e2e/src/apical.e2e-spec.ts',
  'apps/api/src/api.int-spec.ts',
  'apps/job/src/job.int-spec.ts',
  'libs/core/domain-a/src/a.spec.ts',
  'libs/core/domain-a/src/a.ts',
  'libs/core/domain-ab/src/ab.spec.ts',
  'libs/core/domain-a/src/a.int-spec.ts',
  'tools/stack/src/stack.spec.ts',
  'tools/tool/src/tool.e2e-spec.ts',
];

const change = (given: Partial<Change>): Change => ({
  changed: [],
  files,
  projects: {
    'apps/api': 'api',
    'apps/e2e': 'e2e',
    'apps/job': 'job',
    'libs/core/domain-a': 'core-domain-a',
    'libs/core/domain-ab': 'core-domain-ab',
    'tools/stack': 'tools-stack',
    'tools/tool': 'tools-tool',
  },
  affected: [],
  startedApps: { api: ['api'] },
  ...given,
});

describe('selectChecks', () => {
  it('of a page of docs is its format', () => {
    expect(selectChecks(change({ changed: ['README.md', 'deleted.md'] }))).toEqual({
      files: ['README.md'],
      projects: [],
      unit: [],
      integration: [],
      e2e: [],
    });
  });

  it('of a project are its own specs and none of a neighbour whose name begins alike', () => {
    expect(selectChecks(change({ affected: ['core-domain-a'] }))).toMatchObject({
      projects: ['libs/core/domain-a'],
      unit: ['libs/core/domain-a/src/a.spec.ts'],
      integration: ['libs/core/domain-a/src/a.int-spec.ts'],
      e2e: [],
    });
    expect(selectChecks(change({ affected: ['tools-tool'] })).e2e).toEqual(['tools/tool/src/tool.e2e-spec.ts']);
  });

  it.each([
    [
      'api',
      ['apps/e2e/src/api.read.e2e-spec.ts', 'apps/e2e/src/api-other.e2e-spec.ts', 'apps/e2e/src/apical.e2e-spec.ts'],
    ],
    ['job', ['apps/e2e/src/apical.e2e-spec.ts']],
    ['core-domain-a', []],
  ])('of %s are the end-to-end specs that start it, and those of which nothing is said', (affected, expected) => {
    expect(selectChecks(change({ affected: [affected] })).e2e).toEqual([...expected].sort());
  });

  it.each([
    ['tools-stack', ['apps/api', 'apps/job', 'libs/core/domain-a'], 3],
    ['tools-build', ['apps/api', 'apps/job'], 3],
    ['e2e', [], 3],
  ])('of %s are all tests that stand on it', (affected, integration, e2e) => {
    const selected = selectChecks(change({ affected: [affected] }));
    expect(selected.integration?.map((path) => path.replace(/\/src.*/, ''))).toEqual(integration);
    expect(selected.e2e).toHaveLength(e2e);
  });

  it('of how everything is formatted is the format of everything', () => {
    expect(selectChecks(change({ changed: ['.prettierrc'] })).files).toEqual(files);
  });
});
