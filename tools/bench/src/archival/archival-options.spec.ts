import { parseArchivalOptions } from './archival-options';

describe('options of the archival benchmark', () => {
  it('are five runs of 20,000 attempts, and a table ten times as large, unless said otherwise', () => {
    expect(parseArchivalOptions([])).toEqual({ attempts: 20_000, runs: 5, factor: 10 });
    expect(parseArchivalOptions(['--attempts', '100', '--runs=1', '--factor', '2'])).toEqual({
      attempts: 100,
      runs: 1,
      factor: 2,
    });
  });

  it.each([[['--attempts', '0']], [['--runs', 'x']], [['--factor']], [['--what', '1']]])('refuse %j', (args) => {
    expect(parseArchivalOptions(args)).toBeUndefined();
  });
});
