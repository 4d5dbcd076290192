import { PacedLog } from './paced-log';

describe('PacedLog', () => {
  it('lets one line of a kind through per interval, and counts those it held back', () => {
    let nowMs = 0;
    const paced = new PacedLog(100, () => nowMs);
    expect([paced.take('a'), paced.take('a'), paced.take('b'), paced.take('a')]).toEqual([0, undefined, 0, undefined]);
    nowMs = 100;
    expect([paced.take('a'), paced.take('a'), paced.take('b')]).toEqual([2, undefined, 0]);
    nowMs = 300;
    expect(paced.take('a')).toBe(1);
  });
});
