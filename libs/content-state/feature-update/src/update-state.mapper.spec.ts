import { completionOf } from '@scorekeep/core/domain-content-state';
import { aContentUpdate } from '@scorekeep/core/testing-core';
import { actsFor, asksForSync, enrolmentToSync, submittedItems } from './update-state.mapper';

const caller = { userId: 'me' };
const managing = { userId: 'me', requestedFor: 'managed' };

describe('submittedItems', () => {
  it('takes what a content says', () => {
    const content = {
      ...{ contentId: 'x', batchId: 'b', courseId: 'c', status: 1, progress: 33.9, completionPercentage: 33.5 },
      ...{ lastAccessTime: '1970-01-01 00:00:00:005+0000', lastCompletedTime: '1970-01-01 05:30:00:006+0530' },
      ...{ completedCount: 1, viewCount: 2, progressdetails: { current: ['0'] }, unknown: true },
    };
    expect(submittedItems({ contents: [content] }, caller)).toEqual([
      {
        kind: 'content',
        userId: 'me',
        courseId: 'c',
        batchId: 'b',
        update: {
          ...{ contentId: 'x', status: 1, progress: 33, lastAccessMs: 5, lastCompletedMs: 6 },
          ...{ completedCount: 1, viewCount: 2, completionPercentage: 33.5, progressDetails: '{"current":["0"]}' },
        },
        original: content,
      },
    ]);
  });

  it('knows nothing of what is not said, or null', () => {
    const content = { contentId: 'x', status: 1, progress: null, lastAccessTime: null, viewCount: null };
    const [item] = submittedItems({ contents: [{ ...content, progressdetails: null }] }, caller);
    expect(item).toMatchObject({ update: aContentUpdate({ contentId: 'x' }), courseId: '', batchId: '' });
  });

  it('takes an assessment as a content with status 2', () => {
    const assessment = { assessmentTs: 1, courseId: 'c', contentId: 'x', batchId: 'b', attemptId: 'a', events: [1] };
    expect(submittedItems({ assessments: [assessment] }, caller)).toEqual([
      {
        kind: 'assessment',
        userId: 'me',
        courseId: 'c',
        batchId: 'b',
        update: completionOf('x'),
        original: assessment,
      },
    ]);
  });

  it.each([
    { progress: -5, whole: 0 },
    { progress: 99.99, whole: 99 },
    { progress: 1e12, whole: 100 },
  ])('progress $progress is $whole percent', ({ progress, whole }) => {
    const [item] = submittedItems({ contents: [{ contentId: 'x', status: 1, progress }] }, caller);
    expect(item?.update.progress).toBe(whole);
  });

  it.each([
    { details: { a: 1 }, text: '{"a":1}' },
    { details: [], text: '[]' },
    { details: '{"a": 1}', text: '{"a": 1}' },
    { details: 'page 3', text: '"page 3"' },
    { details: '3', text: '"3"' },
    { details: 0, text: '0' },
    { details: false, text: 'false' },
  ])('progressdetails $details are stored as JSON text $text', ({ details, text }) => {
    const [item] = submittedItems({ contents: [{ contentId: 'x', status: 1, progressdetails: details }] }, caller);
    expect(item?.update.progressDetails).toBe(text);
  });

  const ids = { courseId: 'c', contentId: 'x', batchId: 'b', attemptId: 'a', assessmentTs: 1 };
  it.each([
    { why: 'that of the item', request: { userId: 'of request' }, item: { userId: 'of item' }, userId: 'of item' },
    { why: 'else that of the request', request: { userId: 'of request' }, item: { userId: ' ' }, userId: 'of request' },
    { why: 'else the acting one', request: { userId: null }, item: {}, userId: 'managed' },
  ])('the user is $why', ({ request, item, userId }) => {
    const body = { ...request, contents: [{ ...ids, ...item, status: 1 }], assessments: [{ ...ids, ...item }] };
    expect(submittedItems(body, managing).map((each) => each.userId)).toEqual([userId, userId]);
  });

  it.each([
    { given: { courseId: 'c', collectionId: 'd' }, courseId: 'c' },
    { given: { collectionId: 'd' }, courseId: 'd' },
    { given: {}, courseId: 'of request' },
  ])('the course of $given is $courseId', ({ given, courseId }) => {
    const contents = [{ contentId: 'x', status: 1, ...given }];
    expect(submittedItems({ contents, courseId: 'of request' }, caller)[0]?.courseId).toBe(courseId);
  });
});

describe('an enrolment sync', () => {
  it('is what neither contents nor assessments ask for', () => {
    expect(asksForSync({})).toBe(true);
    expect(asksForSync({ contents: [], assessments: null })).toBe(true);
    expect(asksForSync({ contents: [{ contentId: 'x', status: 1 }] })).toBe(false);
  });

  it('is of user, course and batch', () => {
    const request = { userId: 'me', collectionId: 'c', batchId: 'b' };
    expect(enrolmentToSync(request, managing)).toEqual({ userId: 'me', courseId: 'c', batchId: 'b' });
    expect(enrolmentToSync({ courseId: 'c', batchId: 'b' }, managing).userId).toBe('managed');
  });

  it('names what is missing', () => {
    expect(() => enrolmentToSync({}, caller)).toThrow(/request\.courseId must .*; request\.batchId must /);
  });
});

it('a caller acts for themselves and for the requested-for user', () => {
  expect(actsFor(caller)).toEqual(['me']);
  expect(actsFor(managing)).toEqual(['me', 'managed']);
});
