import { parseIngestOptions } from './ingest-options';

describe('parseIngestOptions', () => {
  const defaults = {
    events: 60_000,
    runs: 5,
    partitions: 4,
    duplicatesPercent: 2,
    attemptsPerLearner: 5,
    layout: 'unified',
  };

  it.each([
    { args: [], expected: {} },
    { args: ['--events', '1000', '--runs=2'], expected: { events: 1000, runs: 2 } },
    { args: ['--duplicates', '0', '--partitions', '1'], expected: { duplicatesPercent: 0, partitions: 1 } },
    { args: ['--attempts-per-learner', '2000'], expected: { attemptsPerLearner: 2000 } },
    { args: ['--layout', 'split'], expected: { layout: 'split' } },
  ])('$args', ({ args, expected }) => {
    expect(parseIngestOptions(args)).toEqual({ ...defaults, ...expected });
  });

  it.each([
    [['--size', '1']],
    [['more']],
    [['--events']],
    [['--events', '0']],
    [['--runs', '1.5']],
    [['--runs', '']],
    [['--duplicates', '91']],
    [['--layout', 'both']],
  ])('does not understand %p', (args) => {
    expect(parseIngestOptions(args)).toBeUndefined();
  });
});
