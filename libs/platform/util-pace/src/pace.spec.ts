import { Pace } from './pace';

describe('Pace', () => {
  let nowMs: number;
  const waited: number[] = [];
  const pace = (perSecond?: number) =>
    new Pace(
      perSecond,
      () => nowMs,
      async (ms) => void waited.push(ms),
    );
  beforeEach(() => {
    nowMs = 1_000;
    waited.length = 0;
  });

  it('spreads what comes at once', async () => {
    const four = pace(4);
    for (let count = 0; count < 3; count += 1) await four.take();
    expect(waited).toEqual([250, 500]);
  });

  it('counts several things as so many', async () => {
    const ten = pace(10);
    await ten.take(5);
    await ten.take();
    expect(waited).toEqual([500]);
  });

  it('lets no more pass than it says, however they come in groups', async () => {
    const startMs = nowMs;
    const passing = new Pace(
      100,
      () => nowMs,
      async (ms) => void (nowMs += ms),
    );
    for (const count of [10, 1, 39, 50, 100]) await passing.take(count);
    await passing.take();
    expect(nowMs - startMs).toBe(2_000);
  });

  it('makes up for nothing: a pause is no credit', async () => {
    const one = pace(1);
    await one.take();
    nowMs += 60_000;
    await one.take();
    await one.take();
    expect(waited).toEqual([1_000]);
  });

  it.each([undefined, 0])('lets everything pass without a limit: %p', async (perSecond) => {
    const free = pace(perSecond);
    for (let count = 0; count < 9; count += 1) await free.take();
    expect(waited).toEqual([]);
  });
});
