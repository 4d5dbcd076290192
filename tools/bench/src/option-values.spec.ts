import { parseNumbers, parseOptions } from './option-values';

const options = { seconds: { least: 1, most: 60, preset: 10 }, rate: { least: 0, most: 9, preset: 2 } };

it.each([
  { args: [], numbers: { seconds: 10, rate: 2 } },
  { args: ['--seconds', '60', '--rate=0'], numbers: { seconds: 60, rate: 0 } },
])('understands $args', ({ args, numbers }) => {
  expect(parseNumbers(args, options)).toEqual(numbers);
});

it.each([
  [['--seconds', '61']],
  [['--seconds', '0']],
  [['--seconds']],
  [['--rate', '1.5']],
  [['--rate', '']],
  [['--size', '1']],
  [['5']],
])('does not understand %p', (args) => {
  expect(parseNumbers(args, options)).toBeUndefined();
});

describe('parseOptions', () => {
  const choices = { layout: ['unified', 'split'] };

  it('takes the first word when none is given', () => {
    expect(parseOptions(['--rate', '3'], options, choices)).toEqual({
      numbers: { seconds: 10, rate: 3 },
      chosen: { layout: 'unified' },
    });
  });

  it('takes a word that is given, and no other', () => {
    expect(parseOptions(['--layout', 'split'], options, choices)?.chosen).toEqual({ layout: 'split' });
    expect(parseOptions(['--layout', 'both'], options, choices)).toBeUndefined();
    expect(parseOptions(['--rate', '10'], options, choices)).toBeUndefined();
  });
});
