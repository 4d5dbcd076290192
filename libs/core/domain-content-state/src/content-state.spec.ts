import { anEntry } from '@scorekeep/core/testing-core';
import { type ConsumedContent } from './content-consumption.port';
import { contentList } from './content-state';
import { summarizeScores } from './score-summary';

const question = { userId: 'u', courseId: 'c', batchId: 'b', timeZone: 'UTC' };
const base = { batchId: 'b', courseId: 'c', collectionId: 'c' };
const consumed = (given: Partial<ConsumedContent>): ConsumedContent => ({
  contentId: 'x',
  status: null,
  progress: null,
  completedCount: null,
  viewCount: null,
  lastAccessMs: null,
  lastCompletedMs: null,
  completionPercentage: null,
  progressDetails: null,
  ...given,
});
const attempt = (attemptId: string, score: number, timeMs: number, contentId = 'x') =>
  anEntry({
    contentId,
    attemptId,
    score,
    version: { timeMs, latestEtsMs: timeMs, questionCount: 1, digest: 'd' },
  });

describe('contentList', () => {
  it('shows all that is stored of a content', () => {
    const content = consumed({
      status: 2,
      progress: 100,
      completedCount: 1,
      viewCount: 3,
      lastAccessMs: Date.UTC(2020, 10, 24, 7, 34, 28, 89),
      lastCompletedMs: Date.UTC(2020, 10, 24, 7, 35),
      completionPercentage: 87.5,
      progressDetails: '{"mimeType":"video/mp4"}',
    });
    expect(contentList({ ...question, timeZone: 'Asia/Kolkata' }, [content], undefined)).toEqual([
      {
        ...base,
        contentId: 'x',
        status: 2,
        progress: 100,
        completedCount: 1,
        viewCount: 3,
        lastAccessTime: '2020-11-24 13:04:28:089+0530',
        lastCompletedTime: '2020-11-24 13:05:00:000+0530',
        completionPercentage: 87.5,
        progressdetails: { mimeType: 'video/mp4' },
      },
    ]);
  });

  it('leaves out what is not stored, and details that are no JSON', () => {
    expect(contentList(question, [consumed({ status: 0, progressDetails: '{broken' })], undefined)).toEqual([
      { ...base, contentId: 'x', status: 0 },
    ]);
  });

  it('adds scores, and contents that were only assessed', () => {
    const scores = summarizeScores([attempt('a', 1, 5, 'x'), attempt('b', 2, 6, 'assessed')], 25);
    const list = contentList(question, [consumed({})], scores);
    expect(list.map(({ contentId, attemptsCount }) => [contentId, attemptsCount])).toEqual([
      ['x', 1],
      ['assessed', 1],
    ]);
  });

  it('shows only the contents asked for', () => {
    const scores = summarizeScores([attempt('b', 2, 6, 'assessed')], 25);
    const contentIds = new Set(['assessed']);
    expect(contentList({ ...question, contentIds }, [consumed({})], scores).map(({ contentId }) => contentId)).toEqual([
      'assessed',
    ]);
  });
});

describe('summarizeScores', () => {
  it('lists the newest attempts first, as many as asked for, and counts all', () => {
    const attempts = [attempt('a', 9, 1), attempt('b', 2, 3), attempt('c', 3, 2)];
    expect(summarizeScores(attempts, 2).get('x')).toEqual({
      score: [
        { attemptId: 'b', lastAttemptedOn: 3, totalScore: 2, totalMaxScore: 10 },
        { attemptId: 'c', lastAttemptedOn: 2, totalScore: 3, totalMaxScore: 10 },
      ],
      bestScore: { totalScore: 9, totalMaxScore: 10, attemptId: 'a' },
      attemptsCount: 3,
    });
  });

  it('gives equally late attempts always in the same order', () => {
    const ids = (attempts: string[]) =>
      summarizeScores(
        attempts.map((id) => attempt(id, 1, 7)),
        25,
      )
        .get('x')
        ?.score.map((each) => each.attemptId);
    expect(ids(['b', 'a', 'c'])).toEqual(['a', 'b', 'c']);
    expect(ids(['c', 'b', 'a'])).toEqual(['a', 'b', 'c']);
  });

  it('counts placeholders, takes the best from them without an id, and lists none', () => {
    expect(summarizeScores([{ ...attempt('1', 9, 0), placeholder: true }, attempt('a', 3, 5)], 25).get('x')).toEqual({
      score: [{ attemptId: 'a', lastAttemptedOn: 5, totalScore: 3, totalMaxScore: 10 }],
      bestScore: { totalScore: 9, totalMaxScore: 10, attemptId: '' },
      attemptsCount: 2,
    });
  });
});
