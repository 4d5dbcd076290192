import { guardFormula } from './formula-guard';

describe('guardFormula', () => {
  it.each([
    { text: '=1+1', why: 'a formula' },
    { text: '+SUM(A1)', why: 'starts with +' },
    { text: '-2+3', why: 'starts with -, no plain number' },
    { text: '-', why: 'no number' },
    { text: '@SUM(A1)', why: 'starts with @' },
    { text: '\uff1d1+1', why: 'full-width =' },
    { text: '\uff0b1', why: 'full-width +' },
    { text: '\uff0d1', why: 'full-width -' },
    { text: '\uff20x', why: 'full-width @' },
    { text: '\tx', why: 'tab' },
    { text: '\rx', why: 'CR' },
    { text: '\n=1', why: 'LF' },
    { text: '  =1', why: 'after spaces' },
    { text: '\u00a0 \u00a0=1', why: 'after no-break spaces' },
    { text: ' -1.5', why: 'a space makes it a text' },
    { text: '-1.5.2', why: 'no plain number' },
    { text: '-1\n', why: 'a line break makes it a text' },
    { text: '+1-2', why: 'no plain number' },
  ])('$text is prefixed: $why', ({ text }) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  });

  it.each([
    { text: '-1.5', why: 'a negative number' },
    { text: '+91', why: 'a number with its sign' },
    { text: '-0', why: 'a number' },
    { text: '1+1', why: 'starts with a digit' },
    { text: '', why: 'empty' },
    { text: 'a=b', why: '= is not at the start' },
    { text: "'=1", why: 'guarded already' },
    { text: 'What is 2 + 2?', why: 'plain text' },
    { text: '   ', why: 'only spaces' },
  ])('"$text" stays: $why', ({ text }) => {
    expect(guardFormula(text)).toBe(text);
  });
});
