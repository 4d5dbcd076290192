import { archivedWeek } from '@scorekeep/core/testing-core';
import { runWeeks } from './run-weeks';

const weeks = ['a', 'b', 'c'].map((batchId) => ({ ...archivedWeek, batchId }));
const running = { signal: new AbortController().signal, nowMs: () => 1000, onWait: () => undefined };

describe('runWeeks', () => {
  it('gives what became of each week, in their order', async () => {
    const results = await runWeeks(weeks, async ({ batchId }) => ({ kind: batchId }), running);
    expect(results.map(({ week, outcome }) => [week.batchId, outcome.kind])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'c'],
    ]);
  });

  it('comes back once, at the end, to weeks that others work on', async () => {
    const asked: string[] = [];
    const waits: number[] = [];
    const work = async ({ batchId }: { batchId: string }) => {
      asked.push(batchId);
      const busy = batchId === 'a' || (batchId === 'b' && asked.length < 4);
      return busy ? ({ kind: 'busy', untilMs: 1005 } as const) : { kind: 'done' };
    };
    const results = await runWeeks(weeks, work, { ...running, onWait: (count) => waits.push(count) });
    expect(asked).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect(waits).toEqual([2]);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(['busy', 'done', 'done']);
  });

  it('stops between two weeks when it is interrupted, and while it waits', async () => {
    const interruption = new AbortController();
    const asked: string[] = [];
    const interrupted = runWeeks(
      weeks,
      async ({ batchId }) => {
        asked.push(batchId);
        interruption.abort(new Error('interrupted'));
        return { kind: 'done' };
      },
      { ...running, signal: interruption.signal },
    );
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(asked).toEqual(['a']);

    const later = new AbortController();
    const waiting = runWeeks(weeks, async () => ({ kind: 'busy', untilMs: 60_000 }), {
      ...running,
      signal: later.signal,
      onWait: () => setTimeout(() => later.abort(new Error('later')), 5),
    });
    await expect(waiting).rejects.toThrow('later');
  });
});
