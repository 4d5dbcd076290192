import { ringRanges } from './token-ranges';

it.each([1, 2, 3, 7, 256])('%p ranges cover every token of a partition once', (count) => {
  const ranges = ringRanges(count);
  expect(ranges).toHaveLength(count);
  expect(ranges[0]?.from).toBe(-(2n ** 63n));
  expect(ranges.at(-1)?.to).toBe(2n ** 63n - 1n);
  ranges.slice(1).forEach(({ from }, index) => expect(from).toBe(ranges[index]?.to));
  ranges.forEach(({ from, to }) => expect(to).toBeGreaterThan(from));
});
