import { parseExhaustOptions } from './exhaust-options';

describe('options of the exhaust benchmark', () => {
  it('are five runs of 100,000 attempts, and a table ten times as large, unless said otherwise', () => {
    expect(parseExhaustOptions([])).toEqual({ attempts: 100_000, runs: 5, factor: 10 });
    expect(parseExhaustOptions(['--attempts', '200', '--runs=1', '--factor', '2'])).toEqual({
      ...{ attempts: 200, runs: 1, factor: 2 },
    });
  });

  it.each([[['--attempts', '1']], [['--runs', 'x']], [['--factor']], [['--what', '1']]])('refuse %j', (args) => {
    expect(parseExhaustOptions(args)).toBeUndefined();
  });
});
