import { InMemoryActivityAggregates } from '@scorekeep/core/testing-core';
import { requestBody } from '@scorekeep/platform/util-http';
import { GroupAggregatesRequest } from './group-aggregates.request';
import { ReadGroupAggregates } from './read-group-aggregates.use-case';

const activity = { type: 'Course', id: 'do_course' };

describe('ReadGroupAggregates', () => {
  it('gives per user agg and aggregates merged, and how many of them take part', async () => {
    const aggregates = new InMemoryActivityAggregates();
    aggregates.add(activity, 'ann', {
      legacy: new Map([
        ['completedCount', 2],
        ['score:a', 1],
      ]),
      aggregates: new Map([['score:a', 1.5]]),
      lastUpdatedMs: new Map([['score:a', 8]]),
    });
    aggregates.add(activity, 'bob', { legacy: new Map(), aggregates: new Map(), lastUpdatedMs: new Map() });
    const read = new ReadGroupAggregates(aggregates, { nowMs: () => 1700 });
    expect(await read.execute(activity, ['bob', 'nobody', 'ann', 'bob'])).toEqual({
      activity: { ...activity, agg: [{ metric: 'enrolmentCount', value: 2, lastUpdatedOn: 1700 }] },
      members: [
        { userId: 'bob', agg: [] },
        {
          userId: 'ann',
          agg: [
            { metric: 'completedCount', value: 2, lastUpdatedOn: null },
            { metric: 'score:a', value: 1.5, lastUpdatedOn: 8 },
          ],
        },
      ],
    });
  });
});

describe('the body of a request for group aggregates', () => {
  const valid = { activityId: 'do_course', activityType: 'Course', userIds: ['ann'] };
  const problemOf = (request: object): Promise<string> =>
    requestBody(GroupAggregatesRequest)
      .transform({ request }, { type: 'body' })
      .then(
        () => '',
        (error: Error) => error.message,
      );

  it('takes up to 500 users', async () => {
    expect(await problemOf({ ...valid, userIds: Array.from({ length: 500 }, (_, index) => `u${index}`) })).toBe('');
  });

  it.each([
    ['request.userIds must contain no more than 500 elements', { userIds: Array.from({ length: 501 }, () => 'u') }],
    ['request.userIds should not be empty', { userIds: [] }],
    ['request.userIds must be an array', { userIds: undefined }],
    ['each value in userIds must be 1 to 256 characters and not blank', { userIds: ['ann', ''] }],
    ['request.activityId must be 1 to 256 characters and not blank', { activityId: undefined }],
    ['request.activityType must be 1 to 256 characters and not blank', { activityType: 7 }],
  ])('is refused: %s', async (problem, given) => {
    expect(await problemOf({ ...valid, ...given })).toContain(problem);
  });
});
