import { CountedRows } from './counted-rows';

describe('CountedRows', () => {
  const attempt = (attemptId: string) => ({
    userId: 'learner',
    courseId: 'course',
    batchId: 'batch',
    contentId: 'content',
    attemptId,
  });

  it('counts a row that comes again once', () => {
    const rows = new CountedRows();
    for (const attemptId of ['a', 'b', 'a', 'a']) rows.add(attempt(attemptId));
    expect(rows.count).toBe(2);
  });

  it('tells rows of different learners apart', () => {
    const rows = new CountedRows();
    rows.add(attempt('a'));
    rows.add({ ...attempt('a'), userId: 'another' });
    expect(rows.count).toBe(2);
  });

  it('remembers so many and counts all', () => {
    const rows = new CountedRows(2);
    for (const attemptId of ['a', 'b', 'c', 'a', 'd', 'b']) rows.add(attempt(attemptId));
    expect(rows.count).toBe(4);
  });
});
