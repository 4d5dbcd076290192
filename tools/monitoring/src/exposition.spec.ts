import { parseExposition } from './exposition';

describe('parseExposition', () => {
  it('gives every metric the labels of all its samples', () => {
    const text = [
      '# HELP a_total Text {x="1"}',
      '# TYPE a_total counter',
      'a_total{one="x, y=\\"z\\"",two="b"} 3',
      'a_total{three=""} 1',
      'b_seconds_bucket{le="+Inf"} 4.5e-7',
      'c 5',
      '',
    ].join('\n');
    expect(parseExposition(text)).toEqual(
      new Map([
        ['a_total', new Set(['one', 'two', 'three'])],
        ['b_seconds_bucket', new Set(['le'])],
        ['c', new Set()],
      ]),
    );
  });
});
