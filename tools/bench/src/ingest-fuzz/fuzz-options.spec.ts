import { parseFuzzOptions } from './fuzz-options';

it('has defaults', () => {
  expect(parseFuzzOptions([])).toEqual({ events: 1_000_000, seed: 1, partitions: 4 });
});

it('takes options', () => {
  const args = ['--events', '500', '--seed', '9', '--partitions', '2'];
  expect(parseFuzzOptions(args)).toEqual({ events: 500, seed: 9, partitions: 2 });
});

it.each([['--events', '0'], ['--events', '1e6'], ['--seed', '-1'], ['--partitions', '101'], ['--bogus'], ['500']])(
  'does not understand %s %s',
  (...args) => {
    expect(parseFuzzOptions(args)).toBeUndefined();
  },
);
