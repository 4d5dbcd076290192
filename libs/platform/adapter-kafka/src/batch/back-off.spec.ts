import { backOffMs } from './back-off';

describe('backOffMs', () => {
  it.each([
    [1, 500],
    [2, 1_000],
    [6, 16_000],
    [7, 30_000],
    [5_000, 30_000],
  ])('waits before the try after number %i for %i ms', (attempt, milliseconds) => {
    expect(backOffMs({ startMs: 500, capMs: 30_000 }, attempt)).toBe(milliseconds);
  });
});
