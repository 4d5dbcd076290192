import { BegunRecords } from './begun-records';

describe('BegunRecords', () => {
  const told = (begun: BegunRecords, offsets: readonly number[], partition = 0): boolean[] =>
    offsets.map((offset) => begun.mayHaveBegun('topic', partition, String(offset)));

  it('are the first ones after an assignment, whatever their offsets, of each partition', () => {
    const begun = new BegunRecords(2);
    expect(told(begun, [7, 90, 91, 92])).toEqual([true, true, false, false]);
    expect(told(begun, [1, 2, 3], 1)).toEqual([true, true, false]);
    begun.reassigned();
    expect(told(begun, [93, 94, 95])).toEqual([true, true, false]);
  });

  it('are those that come again', () => {
    const begun = new BegunRecords(1);
    expect(told(begun, [1, 2, 3, 2, 3, 4])).toEqual([true, false, false, true, true, false]);
  });
});
