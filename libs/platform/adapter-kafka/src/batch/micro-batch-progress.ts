import { type ConsumedRecord, type DeadLetter, type RecordOutcome } from '@scorekeep/platform/domain-messaging';

/** How often each outcome was given in a micro-batch. A record that was retried twice counts twice there. */
export interface OutcomeCounts {
  readonly done: number;
  readonly skipped: number;
  readonly retried: number;
  readonly deadLettered: number;
}

/** Dead letters of one topic, in the records' order. */
export interface DeadLetters {
  readonly topic: string;
  readonly messages: readonly DeadLetter[];
}

interface Entry {
  readonly record: ConsumedRecord;
  /** `open`: to be handled. */
  state: 'open' | 'dead-letter' | 'finished';
  deadLetter?: { readonly topic: string; readonly message: DeadLetter };
}

/** What has become of each record of a micro-batch so far. */
export class MicroBatchProgress {
  private readonly entries: readonly Entry[];
  private readonly counted = { done: 0, skipped: 0, retried: 0, deadLettered: 0 };
  private cause: Error | undefined;

  constructor(records: readonly ConsumedRecord[]) {
    this.entries = records.map((record) => ({ record, state: 'open' }));
  }

  /** The records that have to be handled, for the first time or again. */
  open(): readonly ConsumedRecord[] {
    return this.entries.filter(({ state }) => state === 'open').map(({ record }) => record);
  }

  /** Takes the outcomes of `open()`, in its order. */
  settle(outcomes: readonly RecordOutcome[]): void {
    this.cause = undefined;
    this.entries
      .filter(({ state }) => state === 'open')
      .forEach((entry, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) this.settleOne(entry, outcome);
      });
  }

  /** Dead letters that are not acknowledged yet, by topic. */
  deadLetters(): readonly DeadLetters[] {
    const byTopic = new Map<string, DeadLetter[]>();
    for (const { state, deadLetter } of this.entries) {
      if (state !== 'dead-letter' || deadLetter === undefined) continue;
      byTopic.set(deadLetter.topic, [...(byTopic.get(deadLetter.topic) ?? []), deadLetter.message]);
    }
    return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  }

  deadLettersAcknowledged(topic: string): void {
    for (const entry of this.entries) {
      if (entry.state !== 'dead-letter' || entry.deadLetter?.topic !== topic) continue;
      entry.state = 'finished';
      this.counted.deadLettered += 1;
    }
  }

  /** How many records are finished before the first that is not. */
  finishedCount(): number {
    const first = this.entries.findIndex(({ state }) => state !== 'finished');
    return first === -1 ? this.entries.length : first;
  }

  isFinished(): boolean {
    return this.finishedCount() === this.entries.length;
  }

  /** Why the first record of the last round has to be handled again. */
  firstCause(): Error | undefined {
    return this.cause;
  }

  outcomes(): OutcomeCounts {
    return { ...this.counted };
  }

  private settleOne(entry: Entry, outcome: RecordOutcome): void {
    switch (outcome.kind) {
      case 'done':
        entry.state = 'finished';
        this.counted.done += 1;
        return;
      case 'skip':
        entry.state = 'finished';
        this.counted.skipped += 1;
        return;
      case 'retry':
        this.counted.retried += 1;
        this.cause ??= outcome.cause;
        return;
      case 'dead-letter':
        entry.state = 'dead-letter';
        entry.deadLetter = outcome;
        return;
    }
  }
}
