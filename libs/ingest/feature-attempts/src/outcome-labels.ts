import { reasonKind } from '@scorekeep/core/contract-events';
import { type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';

/** An outcome in few words, for metrics: both have few values, and none says anything of a learner. */
export interface OutcomeLabels {
  readonly outcome: 'done' | 'skipped' | 'retried' | 'dead-lettered';
  /** Empty for what is done. */
  readonly reason: string;
}

export function outcomeLabels(outcome: RecordOutcome): OutcomeLabels {
  switch (outcome.kind) {
    case 'done':
      return { outcome: 'done', reason: '' };
    case 'skip':
      return { outcome: 'skipped', reason: outcome.reason };
    case 'retry':
      return { outcome: 'retried', reason: outcome.cause instanceof AppError ? outcome.cause.code : 'internal error' };
    case 'dead-letter':
      return { outcome: 'dead-lettered', reason: reasonKind(outcome.reason) };
  }
}
