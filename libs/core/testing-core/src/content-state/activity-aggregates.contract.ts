import { type Activity, type ActivityAggregates, type ContextAggregates } from '@scorekeep/core/domain-content-state';

export interface ActivityAggregatesUnderTest {
  readonly aggregates: ActivityAggregates;
  /** Writes a user's row in a context of its own. */
  readonly add: (activity: Activity, userId: string, context: ContextAggregates) => Promise<void>;
}

/** What every `ActivityAggregates` promises. */
export function describeActivityAggregates(name: string, create: () => ActivityAggregatesUnderTest): void {
  describe(`${name} as ActivityAggregates`, () => {
    const activity = { type: 'Course', id: 'course' };
    const nothing: ContextAggregates = { legacy: new Map(), aggregates: new Map(), lastUpdatedMs: new Map() };
    const full: ContextAggregates = {
      legacy: new Map([['completedCount', 3]]),
      aggregates: new Map([['score:do_a', 1.5]]),
      lastUpdatedMs: new Map([['completedCount', 1_600_000_000_123]]),
    };

    it('gives every row of the users asked for in that activity, and no others', async () => {
      const { aggregates, add } = create();
      const second = { ...nothing, aggregates: new Map([['score:do_a', 2]]) };
      await add(activity, 'one batch', full);
      await add(activity, 'two batches', full);
      await add(activity, 'two batches', second);
      await add(activity, 'not asked for', full);
      await add({ type: 'Course', id: 'other' }, 'elsewhere', full);
      await add({ type: 'Group', id: 'course' }, 'elsewhere', full);
      const found = await aggregates.of(activity, ['one batch', 'two batches', 'elsewhere', 'nobody', 'one batch']);
      expect([...found.keys()].sort()).toEqual(['one batch', 'two batches']);
      expect(found.get('one batch')).toEqual([full]);
      expect(found.get('two batches')).toHaveLength(2);
      expect(found.get('two batches')).toEqual(expect.arrayContaining([full, second]));
    });

    it('answers for many users at once', async () => {
      const { aggregates, add } = create();
      const everyone = Array.from({ length: 100 }, (_, index) => `member ${index} ü`);
      await Promise.all(everyone.map((userId) => add({ type: 'Course', id: 'crowd' }, userId, full)));
      const found = await aggregates.of({ type: 'Course', id: 'crowd' }, everyone);
      expect([...found.keys()].sort()).toEqual([...everyone].sort());
    });
  });
}
