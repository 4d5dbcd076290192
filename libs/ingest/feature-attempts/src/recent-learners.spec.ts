import { anEntry, InMemoryScoreBook, learner } from '@scorekeep/core/testing-core';
import { entryKey, type LearnerScores } from '@scorekeep/core/domain-scoring';
import { RecentLearners } from './recent-learners';

async function scoresWith(attempts: number): Promise<LearnerScores> {
  const entries = Array.from({ length: attempts }, (_, index) => anEntry({ attemptId: String(index) }));
  const scores = await new InMemoryScoreBook().read(learner);
  return { ...scores, attempts: new Map(entries.map((entry) => [entryKey(entry), entry])) };
}
const other = (userId: string) => ({ ...learner, userId });

describe('RecentLearners', () => {
  it('gives back what was put last, once', async () => {
    const recent = new RecentLearners();
    const [first, second] = [await scoresWith(1), await scoresWith(2)];
    expect(recent.take(learner)).toBeUndefined();
    recent.put(learner, first);
    recent.put(learner, second);
    expect(recent.take(learner)).toBe(second);
    expect(recent.take(learner)).toBeUndefined();
  });

  it('forgets those who were put first, by the number of their attempts', async () => {
    const recent = new RecentLearners(10);
    recent.put(other('a'), await scoresWith(3));
    recent.put(other('b'), await scoresWith(3));
    recent.put(other('a'), await scoresWith(3));
    recent.put(other('c'), await scoresWith(3));
    expect(['b', 'a', 'c'].map((id) => recent.take(other(id)) !== undefined)).toEqual([false, true, true]);
    recent.put(other('d'), await scoresWith(9));
    expect(recent.take(other('d'))).toBeDefined();
  });

  it('keeps nobody who alone has too many', async () => {
    const recent = new RecentLearners(10);
    recent.put(learner, await scoresWith(10));
    expect(recent.take(learner)).toBeUndefined();
  });
});
