import { memoryUse } from './memory-use';

const samples = (...rssMb: number[]) => rssMb.map((each, index) => ({ events: (index + 1) * 10, rssMb: each }));

it('takes the median of the second and of the last quarter, and the peak of all', () => {
  expect(memoryUse(samples(900, 80, 100, 120, 130, 140, 150, 170))).toEqual({ peakMb: 900, earlyMb: 110, lateMb: 160 });
});

it('sees no growth where there is none', () => {
  const { earlyMb, lateMb } = memoryUse(samples(10, 90, 100, 90, 100, 90, 100, 90));
  expect(lateMb - earlyMb).toBe(0);
});

it('needs looks in both quarters', () => {
  expect(() => memoryUse(samples(1))).toThrow(RangeError);
});
