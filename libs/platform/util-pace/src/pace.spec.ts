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

  it('makes up for nothing: a pause is no credit', async () => {
    const one = pace(1);
    await one.take();
    nowMs += 60_000;
    await one.take();
    await one.take();
    expect(waited).toEqual([1_000]);
  });

  it('lets everything pass without a limit', async () => {
    const free = pace();
    for (let count = 0; count < 9; count += 1) await free.take();
    expect(waited).toEqual([]);
  });
});
