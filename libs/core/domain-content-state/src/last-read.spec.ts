import { aStoredContent } from '@scorekeep/core/testing-core';
import { isNews, lastReadOf } from './last-read';

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
