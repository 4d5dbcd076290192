import { aStoredContent, InMemoryLearnerEnrolments } from '@scorekeep/core/testing-core';
import { isNews, lastReadOf, recordLastRead } from './last-read';

describe('lastReadOf', () => {
  it('is the content accessed last, of equally late ones the first', () => {
    const contents = [
      aStoredContent({ contentId: 'a', status: 2, lastAccessMs: 4 }),
      aStoredContent({ contentId: 'b', status: 1, lastAccessMs: 9 }),
      aStoredContent({ contentId: 'c', status: 2, lastAccessMs: 9 }),
    ];
    expect(lastReadOf(contents)).toEqual({ contentId: 'b', status: 1, accessMs: 9 });
    expect(lastReadOf([])).toBeUndefined();
  });
});

describe('isNews', () => {
  const stored = { contentId: 'a', status: 1, accessMs: 5 };
  it.each([
    { why: 'the first', given: stored, found: { contentId: null, status: null, accessMs: null }, news: true },
    { why: 'a later one', given: { ...stored, accessMs: 6 }, found: stored, news: true },
    { why: 'an earlier one', given: { ...stored, contentId: 'b', accessMs: 4 }, found: stored, news: false },
    { why: 'the same again', given: stored, found: stored, news: false },
    { why: 'a further status', given: { ...stored, status: 2 }, found: stored, news: true },
  ])('$why: $news', ({ given, found, news }) => {
    expect(isNews(given, found)).toBe(news);
  });
});

describe('recordLastRead', () => {
  const learner = { userId: 'me', courseId: 'c', batchId: 'b' };
  const mine = [aStoredContent({ contentId: 'mine', status: 1, lastAccessMs: 5 })];

  it('leaves the content accessed last when another instance records meanwhile', async () => {
    const enrolments = new InMemoryLearnerEnrolments();
    enrolments.enrol(learner);
    const record = enrolments.recordLastRead.bind(enrolments);
    let accessMs = 3;
    enrolments.recordLastRead = async (who, lastRead, found) => {
      if (accessMs <= 6) await record(who, { contentId: 'other', status: 2, accessMs: accessMs++ }, found);
      return record(who, lastRead, found);
    };
    expect(await recordLastRead(enrolments, learner, mine)).toBe('done');
    expect(await enrolments.find(learner)).toEqual({ contentId: 'other', status: 2, accessMs: 6 });
  });

  it('gives up when others never stop recording', async () => {
    const enrolments = new InMemoryLearnerEnrolments();
    enrolments.enrol(learner);
    enrolments.recordLastRead = async () => 'conflict';
    expect(await recordLastRead(enrolments, learner, mine)).toBe('contended');
  });

  it('does nothing for a learner who is not enrolled, and of no contents', async () => {
    const enrolments = new InMemoryLearnerEnrolments();
    expect(await recordLastRead(enrolments, learner, mine)).toBe('done');
    expect(await enrolments.find(learner)).toBeUndefined();
    enrolments.enrol(learner);
    expect(await recordLastRead(enrolments, learner, [])).toBe('done');
    expect(await enrolments.find(learner)).toMatchObject({ accessMs: null });
  });
});
