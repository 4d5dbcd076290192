import { batchKey } from './batch-states.port';
import { completionOf } from './content-update';
import { planUpdate, type SubmittedItem } from './plan-update';

const item = (given: Partial<SubmittedItem> & { contentId?: string } = {}): SubmittedItem => ({
  kind: 'content',
  userId: 'me',
  courseId: 'course',
  batchId: 'ongoing',
  update: completionOf(given.contentId ?? 'x'),
  original: { contentId: given.contentId ?? 'x' },
  ...given,
});

const states = new Map([
  [batchKey({ courseId: 'course', batchId: 'ongoing' }), 1],
  [batchKey({ courseId: 'other', batchId: 'ongoing-too' }), 1],
  [batchKey({ courseId: 'course', batchId: 'ended' }), 2],
  [batchKey({ courseId: 'course', batchId: 'to come' }), 0],
  [batchKey({ courseId: 'course', batchId: 'stateless' }), null],
]);
const plan = (...items: SubmittedItem[]) => planUpdate(items, new Set(['me', 'managed']), states);

describe('planUpdate', () => {
  it('gathers one update per learner and batch', () => {
    const { learners } = plan(
      item({ contentId: 'a' }),
      item({ contentId: 'b', courseId: 'other', batchId: 'ongoing-too' }),
      item({ contentId: 'c', userId: 'managed' }),
      item({ contentId: 'd' }),
    );
    expect(
      learners.map(({ learner, updates }) => ({ ...learner, contents: updates.map(({ contentId }) => contentId) })),
    ).toEqual([
      { userId: 'me', courseId: 'course', batchId: 'ongoing', contents: ['a', 'd'] },
      { userId: 'me', courseId: 'other', batchId: 'ongoing-too', contents: ['b'] },
      { userId: 'managed', courseId: 'course', batchId: 'ongoing', contents: ['c'] },
    ]);
  });

  it('an assessment counts as a content with status 2, and its answers stay as they came', () => {
    const original = { contentId: 'x', events: [{ eid: 'ASSESS' }] };
    const { learners } = plan(item({ kind: 'assessment', original }));
    expect(learners).toEqual([
      {
        learner: { userId: 'me', courseId: 'course', batchId: 'ongoing' },
        updates: [completionOf('x')],
        assessments: [original],
      },
    ]);
  });

  it('a batch that course_batch does not know is unknown: also one of another course, and one without a course', () => {
    const unknown = item({ batchId: 'nowhere' });
    const elsewhere = item({ courseId: 'course', batchId: 'ongoing-too' });
    const nameless = item({ courseId: '', batchId: 'ongoing' });
    expect(plan(unknown, unknown, elsewhere, nameless)).toEqual({
      learners: [],
      rejected: [],
      unknownBatchIds: ['nowhere', 'ongoing-too', 'ongoing'],
      notOngoingBatchIds: [],
    });
  });

  it('a batch whose status is not 1 is not ongoing', () => {
    const planned = plan(item({ batchId: 'ended' }), item({ batchId: 'to come' }), item({ batchId: 'stateless' }));
    expect(planned).toMatchObject({ learners: [], notOngoingBatchIds: ['ended', 'to come', 'stateless'] });
  });

  it('items without a batch id are ignored', () => {
    expect(plan(item({ batchId: '' }), item({ batchId: ' ' }), item({ batchId: '', userId: 'other' }))).toEqual({
      learners: [],
      rejected: [],
      unknownBatchIds: [],
      notOngoingBatchIds: [],
    });
  });

  it('items of a user who is neither the token’s user nor the requested-for user are rejected', () => {
    const others = item({ userId: 'other' });
    expect(plan(others, item({}))).toMatchObject({ rejected: [others], learners: [{ learner: { userId: 'me' } }] });
  });
});
