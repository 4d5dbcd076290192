import * as fc from 'fast-check';
import { aContentUpdate, aStoredContent } from '@scorekeep/core/testing-core';
import { type StoredContent } from './consumption-rows.port';
import { combineUpdates, completionOf, type ContentUpdate } from './content-update';
import { mergeContent } from './merge-content';

const now = 1_800_000_000_000;

type Values = Partial<Pick<StoredContent, 'status' | 'progress' | 'lastAccessMs' | 'lastCompletedMs'>>;

interface Golden {
  readonly why: string;
  readonly stored: Partial<StoredContent> | undefined;
  readonly given: Partial<ContentUpdate>;
  readonly merged: Values;
}

const golden: readonly Golden[] = [
  {
    why: 'a first row below 2 has progress 0',
    stored: undefined,
    given: { status: 1, progress: 50, lastAccessMs: 10 },
    merged: { status: 1, progress: 0, lastAccessMs: 10, lastCompletedMs: null },
  },
  {
    why: 'status 2 means progress 100, in a first row too',
    stored: undefined,
    given: { status: 2, progress: 7, lastAccessMs: 10, lastCompletedMs: 9 },
    merged: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 9 },
  },
  {
    why: 'a time that neither side has is now',
    stored: undefined,
    given: { status: 2 },
    merged: { status: 2, progress: 100, lastAccessMs: now, lastCompletedMs: now },
  },
  {
    why: 'what is not completed has no time of completion',
    stored: undefined,
    given: { status: 1 },
    merged: { status: 1, progress: 0, lastAccessMs: now, lastCompletedMs: null },
  },
  {
    why: 'the later access and completion times win when they are given',
    stored: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
    given: { status: 2, lastAccessMs: 11, lastCompletedMs: 21 },
    merged: { status: 2, progress: 100, lastAccessMs: 11, lastCompletedMs: 21 },
  },
  {
    why: 'the later access and completion times win when they are stored',
    stored: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
    given: { status: 2, lastAccessMs: 9, lastCompletedMs: 19 },
    merged: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
  },
  {
    why: 'stored times stay when none are given',
    stored: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
    given: { status: 2 },
    merged: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
  },
  {
    why: 'progress goes up',
    stored: { status: 1, progress: 40, lastAccessMs: 10 },
    given: { status: 1, progress: 60, lastAccessMs: 11 },
    merged: { status: 1, progress: 60, lastAccessMs: 11, lastCompletedMs: null },
  },
  {
    why: 'progress and status never go down',
    stored: { status: 1, progress: 40, lastAccessMs: 10 },
    given: { status: 0, progress: 30, lastAccessMs: 11 },
    merged: { status: 1, progress: 40, lastAccessMs: 11, lastCompletedMs: null },
  },
  {
    why: 'what is completed stays completed',
    stored: { status: 2, progress: 100, lastAccessMs: 10, lastCompletedMs: 20 },
    given: { status: 1, progress: 30, lastAccessMs: 11 },
    merged: { status: 2, progress: 100, lastAccessMs: 11, lastCompletedMs: 20 },
  },
  {
    why: 'a stored status above 2 becomes 2',
    stored: { status: 3, progress: 80, lastAccessMs: 10, lastCompletedMs: 20 },
    given: { status: 1, lastAccessMs: 11 },
    merged: { status: 2, progress: 100, lastAccessMs: 11, lastCompletedMs: 20 },
  },
  {
    why: 'progress 0 of a stored row goes up as any other',
    stored: { status: 1, progress: 0, lastAccessMs: 10 },
    given: { status: 1, progress: 50, lastAccessMs: 10 },
    merged: { status: 1, progress: 50, lastAccessMs: 10, lastCompletedMs: null },
  },
  {
    why: 'a row without values takes what is given',
    stored: {},
    given: { status: 1, progress: 50 },
    merged: { status: 1, progress: 50, lastAccessMs: now, lastCompletedMs: null },
  },
];

describe('mergeContent', () => {
  it.each(golden)('$why', ({ stored, given, merged }) => {
    const found = stored && aStoredContent(stored);
    expect(mergeContent(found, aContentUpdate(given), now)).toMatchObject(merged);
  });

  it('other given values replace what is stored, and what is not given stays', () => {
    const found = aStoredContent({ completedCount: 9, viewCount: 9, completionPercentage: 90, progressDetails: '{}' });
    expect(mergeContent(found, aContentUpdate({ viewCount: 3, progressDetails: '[1]' }), now)).toMatchObject({
      completedCount: 9,
      viewCount: 3,
      completionPercentage: 90,
      progressDetails: '[1]',
    });
  });

  it('last_updated_time is now, and grows even when the clock does not', () => {
    expect(mergeContent(undefined, aContentUpdate({}), now).lastUpdatedMs).toBe(now);
    expect(mergeContent(aStoredContent({ lastUpdatedMs: now }), aContentUpdate({}), now).lastUpdatedMs).toBe(now + 1);
  });

  it('a first update that comes again leaves progress at 0; another one brings its progress in', () => {
    const first = aContentUpdate({ status: 1, progress: 50 });
    const row = mergeContent(undefined, first, now);
    const again = mergeContent(row, first, now + 5);
    expect(again).toEqual({ ...row, lastUpdatedMs: now + 5 });
    expect(mergeContent(again, aContentUpdate({ status: 1, progress: 30 }), now).progress).toBe(50);
    expect(mergeContent(again, { ...first, lastAccessMs: now + 1 }, now).progress).toBe(50);
  });
});

const someMs = fc.integer({ min: 1, max: 6 });
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

/** Times are given: one that neither side has is the moment at which an update comes, so that it depends on the order. */
const someUpdate: fc.Arbitrary<ContentUpdate> = fc
  .record({
    status: fc.integer({ min: 0, max: 2 }),
    progress: maybe(fc.integer({ min: 0, max: 100 })),
    lastAccessMs: someMs,
    lastCompletedMs: someMs,
    completedCount: maybe(fc.integer({ min: 0, max: 3 })),
    viewCount: maybe(fc.integer({ min: 0, max: 3 })),
    progressDetails: maybe(fc.constantFrom('{}', '[]')),
  })
  .map((given) => aContentUpdate(given.status === 2 ? given : { ...given, lastCompletedMs: null }));

const withoutTimes = (update: ContentUpdate): ContentUpdate => ({
  ...update,
  lastAccessMs: null,
  lastCompletedMs: null,
});

const someRow: fc.Arbitrary<StoredContent | undefined> = fc.option(
  fc.record({
    contentId: fc.constant('do_content'),
    status: maybe(fc.integer({ min: 0, max: 3 })),
    progress: maybe(fc.integer({ min: 0, max: 100 })),
    firstProgress: fc.constant(null),
    completedCount: fc.constant(null),
    viewCount: fc.constant(null),
    lastAccessMs: maybe(someMs),
    lastCompletedMs: someMs,
    completionPercentage: fc.constant(null),
    progressDetails: fc.constant(null),
    lastUpdatedMs: maybe(someMs),
  }),
  { nil: undefined },
);

const applied = (row: StoredContent | undefined, updates: readonly ContentUpdate[]): StoredContent | undefined =>
  updates.reduce<StoredContent | undefined>((before, update) => mergeContent(before, update, now), row);

/** What must not depend on order: all but what is simply replaced, and what only writers see. */
const merged = (row: StoredContent | undefined) =>
  row && {
    status: row.status,
    progress: row.progress,
    lastAccessMs: row.lastAccessMs,
    lastCompletedMs: row.lastCompletedMs,
  };

describe('mergeContent, for any row and updates', () => {
  it('is idempotent: the same update again changes nothing but last_updated_time', () => {
    fc.assert(
      fc.property(someRow, fc.oneof(someUpdate, someUpdate.map(withoutTimes)), (row, update) => {
        const once = mergeContent(row, update, now);
        expect(mergeContent(once, update, now + 60_000)).toEqual({ ...once, lastUpdatedMs: now + 60_000 });
      }),
    );
  });

  it('gives the same in any order, however often each update comes', () => {
    const shuffled = fc
      .array(someUpdate, { minLength: 1, maxLength: 5 })
      .chain((updates) =>
        fc.tuple(
          fc.constant(updates),
          fc.shuffledSubarray([...updates, ...updates], { minLength: updates.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(someRow, shuffled, (row, [updates, again]) => {
        expect(merged(applied(row, again))).toEqual(merged(applied(row, updates)));
      }),
      { numRuns: 500 },
    );
  });

  it('is monotone: status, progress and times never go down', () => {
    const upTo2 = (status: number | null): number => Math.min(status ?? 0, 2);
    const highest = (...times: (number | null | undefined)[]): number => Math.max(...times.map((time) => time ?? 0));
    fc.assert(
      fc.property(someRow, someUpdate, (row, update) => {
        const after = mergeContent(row, update, now);
        const before = row ?? aStoredContent();
        expect(after.status).toBeGreaterThanOrEqual(Math.max(upTo2(before.status), update.status));
        expect(after.progress).toBeGreaterThanOrEqual(after.status === 2 ? 100 : highest(before.progress));
        expect(after.lastAccessMs).toBeGreaterThanOrEqual(highest(before.lastAccessMs, update.lastAccessMs));
        expect(highest(after.lastCompletedMs)).toBeGreaterThanOrEqual(highest(before.lastCompletedMs));
        expect(after.lastUpdatedMs).toBeGreaterThan(highest(before.lastUpdatedMs));
      }),
    );
  });

  it('gives for a call’s updates of one content together what they give one after the other, once a row is there', () => {
    fc.assert(
      fc.property(someRow, fc.array(someUpdate, { minLength: 1, maxLength: 4 }), (row, updates) => {
        const stored = row ?? aStoredContent({ lastCompletedMs: 1 });
        expect(merged(applied(stored, combineUpdates(updates)))).toEqual(merged(applied(stored, updates)));
      }),
    );
  });
});

describe('combineUpdates', () => {
  it('makes one update per content, in order of first appearance', () => {
    const updates = [
      aContentUpdate({ contentId: 'b', status: 1, progress: 40, lastAccessMs: 5, viewCount: 1 }),
      completionOf('a'),
      completionOf('b'),
      aContentUpdate({ contentId: 'b', status: 0, progress: 60, lastAccessMs: 4, viewCount: 2 }),
    ];
    expect(combineUpdates(updates)).toEqual([
      aContentUpdate({ contentId: 'b', status: 2, progress: 60, lastAccessMs: 5, viewCount: 2 }),
      completionOf('a'),
    ]);
  });
});
