import { RowRate } from './row-rate';

describe('RowRate', () => {
  let nowMs: number;
  const waits: number[] = [];
  const rate = (rowsPerSecond: number) =>
    new RowRate(
      rowsPerSecond,
      () => nowMs,
      async (ms) => {
        waits.push(ms);
        nowMs += ms;
      },
    );

  beforeEach(() => {
    nowMs = 1_700_000_000_000;
    waits.length = 0;
  });

  it('lets no more rows pass than it says, however they come in groups', async () => {
    const startMs = nowMs;
    const limited = rate(100);
    for (const rows of [10, 1, 39, 50, 100]) await limited.pass(rows);
    await limited.pass(1);
    expect(nowMs - startMs).toBe(2000);
  });

  it('makes nothing up for a pause', async () => {
    const limited = rate(10);
    await limited.pass(10);
    nowMs += 3_600_000;
    await limited.pass(10);
    await limited.pass(1);
    expect(waits).toEqual([1000]);
  });

  it('does not wait without a limit', async () => {
    const unlimited = rate(0);
    for (let row = 0; row < 1000; row += 1) await unlimited.pass(1000);
    expect(waits).toEqual([]);
  });
});
