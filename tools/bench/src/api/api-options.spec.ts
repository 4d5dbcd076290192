import { parseApiOptions } from './api-options';

describe('parseApiOptions', () => {
  it.each([
    { args: [], expected: {} },
    { args: ['--runs', '7', '--seconds=3'], expected: { runs: 7, seconds: 3 } },
    { args: ['--learners', '10'], expected: { learners: 10 } },
    { args: ['--only', 'overload'], expected: { only: 'overload' } },
  ])('$args', ({ args, expected }) => {
    expect(parseApiOptions(args)).toEqual({ runs: 5, seconds: 10, learners: 2_000, only: 'all', ...expected });
  });

  it.each([
    [['--size', '1']],
    [['more']],
    [['--runs']],
    [['--runs', '0']],
    [['--seconds', '1.5']],
    [['--only', 'some']],
  ])('does not understand %p', (args) => {
    expect(parseApiOptions(args)).toBeUndefined();
  });
});
