import { type UpdatePlan } from '@scorekeep/core/domain-content-state';

const SUCCESS = 'SUCCESS';

/** The `result` of an update: `SUCCESS` for every content and batch that was taken over; the batches that were not. */
export function updateResult({ learners, unknownBatchIds, notOngoingBatchIds }: UpdatePlan): Record<string, unknown> {
  const taken = learners.flatMap(({ learner, updates }) => [
    ...updates.map(({ contentId }) => contentId),
    learner.batchId,
  ]);
  return {
    ...Object.fromEntries(taken.map((id) => [id, SUCCESS])),
    ...(unknownBatchIds.length > 0 ? { BATCH_NOT_EXISTS: unknownBatchIds } : {}),
    ...(notOngoingBatchIds.length > 0 ? { NOT_A_ON_GOING_BATCH: notOngoingBatchIds } : {}),
  };
}
