import { learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { batchKey, ONGOING } from './batch-states.port';
import { combineUpdates, type ContentUpdate } from './content-update';

/** One item that an app sent: how far a learner got with a content, or the answers of an attempt. */
export interface SubmittedItem extends LearnerInBatch {
  readonly kind: 'content' | 'assessment';
  /** What it says of its content; answers say that it is completed. */
  readonly update: ContentUpdate;
  /** The item as it came. */
  readonly original: object;
}

/** What is to be done for one learner, course and batch. */
export interface LearnerUpdate {
  readonly learner: LearnerInBatch;
  /** One per content. */
  readonly updates: readonly ContentUpdate[];
  /** Answers, as they came. */
  readonly assessments: readonly object[];
}

export interface UpdatePlan {
  readonly learners: readonly LearnerUpdate[];
  /** Items of others than those whom the caller may act for. */
  readonly rejected: readonly SubmittedItem[];
  readonly unknownBatchIds: readonly string[];
  readonly notOngoingBatchIds: readonly string[];
}

/**
 * Sorts what an app sent by what is to become of it. Items without a batch id are ignored. Everything in order of first
 * appearance.
 *
 * @param states by `batchKey`, of the batches that are known
 */
export function planUpdate(
  items: readonly SubmittedItem[],
  actsFor: ReadonlySet<string>,
  states: ReadonlyMap<string, number | null>,
): UpdatePlan {
  const unknown = new Set<string>();
  const notOngoing = new Set<string>();
  const rejected: SubmittedItem[] = [];
  const accepted = new Map<string, SubmittedItem[]>();
  for (const item of items) {
    if (item.batchId.trim() === '') continue;
    const state = states.get(batchKey(item));
    if (state === undefined) unknown.add(item.batchId);
    else if (state !== ONGOING) notOngoing.add(item.batchId);
    else if (!actsFor.has(item.userId)) rejected.push(item);
    else itemsBeside(accepted, item).push(item);
  }
  return {
    learners: [...accepted.values()].map(toLearnerUpdate),
    rejected,
    unknownBatchIds: [...unknown],
    notOngoingBatchIds: [...notOngoing],
  };
}

function itemsBeside(accepted: Map<string, SubmittedItem[]>, item: SubmittedItem): SubmittedItem[] {
  const known = accepted.get(learnerKey(item)) ?? [];
  accepted.set(learnerKey(item), known);
  return known;
}

function toLearnerUpdate(items: readonly SubmittedItem[]): LearnerUpdate {
  const { userId = '', courseId = '', batchId = '' } = items[0] ?? {};
  return {
    learner: { userId, courseId, batchId },
    updates: combineUpdates(items.map(({ update }) => update)),
    assessments: items.filter(({ kind }) => kind === 'assessment').map(({ original }) => original),
  };
}
