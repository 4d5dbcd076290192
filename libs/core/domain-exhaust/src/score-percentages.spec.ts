import { scorePercentages } from './score-percentages';

const of = (metrics: Record<string, number>, ...assessments: string[]) =>
  scorePercentages(new Map(Object.entries(metrics)), assessments);

describe('scorePercentages', () => {
  it.each([
    { score: 10, max: 10, written: '100%' },
    { score: 1, max: 3, written: '34%', why: 'rounded up' },
    { score: 7, max: 25, written: '28%', why: 'exact: 7 / 25 × 100 would be a little more' },
    { score: 0, max: 10, written: '0%' },
    { score: 12, max: 10, written: '120%' },
    { score: -1, max: 8, written: '-12%' },
    { score: -1, max: 1000, written: '0%', why: 'no -0' },
    { score: 1, max: 0, written: '' },
    { score: 1, max: -1, written: '' },
    { score: Infinity, max: 1, written: '' },
  ])('$score of $max is $written $why', ({ score, max, written }) => {
    expect(of({ 'score:a': score, 'max_score:a': max }, 'a')).toEqual({ total: written, contents: [written] });
  });

  it('sums up over the assessments that have a score, and no others', () => {
    const metrics = { 'score:a': 1, 'max_score:a': 2, 'score:b': 0.5, 'max_score:b': 2, 'max_score:c': 50 };
    expect(of({ ...metrics, 'score:other': 5, 'max_score:other': 5 }, 'b', 'c', 'a')).toEqual({
      total: '38%',
      contents: ['25%', '', '50%'],
    });
  });

  it('is empty for a content whose maximum is 0 beside one that has one', () => {
    expect(of({ 'score:a': 0, 'max_score:a': 0, 'score:b': 1, 'max_score:b': 1 }, 'a', 'b')).toEqual({
      total: '100%',
      contents: ['', '100%'],
    });
  });

  it('is all empty without any score', () => {
    expect(of({ 'max_score:a': 2, completedCount: 3 }, 'a', 'b')).toEqual({ total: '', contents: ['', ''] });
    expect(of({ 'score:a': 1, 'max_score:a': 2 })).toEqual({ total: '', contents: [] });
  });
});
