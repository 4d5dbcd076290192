import { everything, stepsFor } from './steps';

const names = (scope: Parameters<typeof stepsFor>[0]) => stepsFor(scope).map(({ name }) => name);
const nothing = { files: [], projects: [], unit: [], integration: [], e2e: [] };

describe('stepsFor', () => {
  it('of everything are all, in the order in which they fail soonest', () => {
    expect(names(everything)).toEqual([
      'format',
      'workspace',
      'types',
      'lint',
      'unit',
      'build',
      'stack',
      'integration',
      'e2e',
    ]);
  });

  it.each([
    [{}, []],
    [{ files: ['README.md'] }, ['format']],
    [{ projects: ['libs/a'] }, ['workspace', 'types', 'lint', 'build']],
    [{ unit: ['a.spec.ts'] }, ['unit']],
    [{ integration: ['a.int-spec.ts'] }, ['stack', 'integration']],
    [{ e2e: ['a.e2e-spec.ts'] }, ['stack', 'e2e']],
  ])('of %j alone are those that have something to do', (scope, steps) => {
    expect(names({ ...nothing, ...scope })).toEqual(steps);
  });
});
