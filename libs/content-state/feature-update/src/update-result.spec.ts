import { completionOf } from '@scorekeep/core/domain-content-state';
import { updateResult } from './update-result';

const learner = { userId: 'me', courseId: 'course', batchId: 'batch' };
const nothing = { learners: [], rejected: [], unknownBatchIds: [], notOngoingBatchIds: [] };

describe('updateResult', () => {
  it('is SUCCESS by content id and batch id, and lists the batches that were not taken', () => {
    expect(
      updateResult({
        learners: [{ learner, updates: [completionOf('x'), completionOf('y')], assessments: [] }],
        rejected: [],
        unknownBatchIds: ['nowhere'],
        notOngoingBatchIds: ['ended', 'to come'],
      }),
    ).toEqual({
      x: 'SUCCESS',
      y: 'SUCCESS',
      batch: 'SUCCESS',
      BATCH_NOT_EXISTS: ['nowhere'],
      NOT_A_ON_GOING_BATCH: ['ended', 'to come'],
    });
  });

  it('is empty when nothing was taken and no batch was wrong', () => {
    expect(updateResult(nothing)).toEqual({});
  });

  it('takes any id for what it is', () => {
    const updates = [completionOf('__proto__')];
    expect(JSON.stringify(updateResult({ ...nothing, learners: [{ learner, updates, assessments: [] }] }))).toBe(
      '{"__proto__":"SUCCESS","batch":"SUCCESS"}',
    );
  });
});
