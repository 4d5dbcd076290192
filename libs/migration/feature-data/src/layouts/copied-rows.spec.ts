import { CopiedRows } from './copied-rows';

describe('CopiedRows', () => {
  const attempt = (attemptId: string) => ({
    userId: 'learner',
    courseId: 'course',
    batchId: 'batch',
    contentId: 'content',
    attemptId,
  });
  const rowsOfLook = (mostRemembered?: number): CopiedRows => {
    const rows = new CopiedRows(mostRemembered);
    rows.beginLook();
    return rows;
  };

  it('counts a row that comes again once, and knows it as it was', () => {
    const rows = rowsOfLook();
    expect(rows.add(attempt('a'), 1n)).toBe(false);
    expect(rows.add(attempt('b'), 1n)).toBe(false);
    expect(rows.add(attempt('a'), 2n)).toBe(false);
    expect(rows.add(attempt('a'), 2n)).toBe(true);
    expect(rows.count).toBe(2);
  });

  it('tells rows of different learners apart', () => {
    const rows = rowsOfLook();
    rows.add(attempt('a'), 1n);
    expect(rows.add({ ...attempt('a'), userId: 'another' }, 1n)).toBe(false);
    expect(rows.count).toBe(2);
  });

  it('remembers so many of each look, and counts all', () => {
    const rows = rowsOfLook(2);
    for (const attemptId of ['a', 'b', 'c']) rows.add(attempt(attemptId), 1n);
    expect(rows.add(attempt('c'), 1n)).toBe(false);
    rows.beginLook();
    expect(rows.add(attempt('d'), 1n)).toBe(false);
    expect(rows.add(attempt('d'), 1n)).toBe(true);
    expect(rows.count).toBe(5);
  });
});
