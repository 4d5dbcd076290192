import { rowsIn } from './dsbulk';

describe('rowsIn', () => {
  it('takes the last figures that DSBulk shows', () => {
    const said = ['  total | failed | rows/s', '    500 |      0 |    900', ' 20,000 |      0 |  1,900'].join('\n');
    expect(rowsIn(said)).toBe(20_000);
  });

  it.each(['', ' 20,000 |  1 | 5'])('takes %j for no success', (said) => {
    expect(() => rowsIn(said)).toThrow('DSBulk did not say');
  });
});
