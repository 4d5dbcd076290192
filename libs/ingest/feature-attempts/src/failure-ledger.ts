import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';
import { type FailureOutcome, failureOutcome, isDoubtful } from './failure-outcome';

interface Failing {
  total: number;
  alone: number;
  /** How many successes of others were known at its last failure. */
  successesBefore: number;
}

/** More failing records than a consumer can have at once: what is left of partitions that others have now. */
const MOST_RECORDS = 10_000;

/** Records that fail, and how the others fare meanwhile. */
export class FailureLedger {
  private readonly failing = new Map<string, Failing>();
  private successes = 0;
  private inDoubt = false;

  /** Whether a record has failed since the last success in a way that may be its own fault: neighbours should be asked. */
  get wantsEvidence(): boolean {
    return this.inDoubt;
  }

  /** Records of some learner were handled, or a neighbour was found to be in order. */
  succeeded(): void {
    this.successes += 1;
    this.inDoubt = false;
  }

  failed(record: ConsumedRecord, error: unknown): FailureOutcome {
    const key = placeOf(record);
    const before = this.failing.get(key);
    const isAlone = before !== undefined && this.successes > before.successesBefore;
    const total = (before?.total ?? 0) + 1;
    const alone = (before?.alone ?? 0) + (isAlone ? 1 : 0);
    const outcome = failureOutcome(error, { total, alone });
    if (outcome.kind === 'dead-letter') this.failing.delete(key);
    else this.remember(key, { total, alone, successesBefore: this.successes });
    this.inDoubt ||= isDoubtful(error);
    return outcome;
  }

  /** These are finished. */
  forget(records: readonly ConsumedRecord[]): void {
    if (this.failing.size === 0) return;
    for (const record of records) this.failing.delete(placeOf(record));
  }

  private remember(key: string, failing: Failing): void {
    this.failing.delete(key);
    this.failing.set(key, failing);
    for (const oldest of this.failing.keys()) {
      if (this.failing.size <= MOST_RECORDS) return;
      this.failing.delete(oldest);
    }
  }
}

function placeOf({ topic, partition, offset }: ConsumedRecord): string {
  return `${topic}/${partition}/${offset}`;
}
