import { reasonKind } from '@scorekeep/core/contract-events';

/** Reasons counted apart; what other writers have put into the topic may have any. */
const MOST_REASONS = 200;

/** What became of the events of the failed topic. */
export interface ReplayReport {
  /** Sent to the assess topic, or, in a dry run, what would be. */
  readonly sent: number;
  /** Sent by an earlier run, with another filter. */
  readonly alreadySent: number;
  /** Before the place where the last run with this filter ended: not looked at again. */
  readonly seenBefore: number;
  /** Not taken by the filter. */
  readonly otherReason: number;
  /** Cut when they were set aside, since they did not fit the topic: what is left cannot be handled. */
  readonly cut: number;
  /** Events sent, by kind of reason (`events[].edata.score`, `invalid content`); empty where no reason is known. */
  readonly reasons: Readonly<Record<string, number>>;
}

export type EventFate = Exclude<keyof ReplayReport, 'reasons' | 'seenBefore'>;

/** Counts what becomes of events. */
export class ReplayCount {
  private readonly fates: Record<EventFate, number> = { sent: 0, alreadySent: 0, otherReason: 0, cut: 0 };
  private readonly reasons = new Map<string, number>();

  add(fate: EventFate, reason: string): void {
    this.fates[fate] += 1;
    if (fate !== 'sent') return;
    const kind = reason === '' ? '' : reasonKind(reason);
    const counted = this.reasons.has(kind) || this.reasons.size < MOST_REASONS ? kind : 'other';
    this.reasons.set(counted, (this.reasons.get(counted) ?? 0) + 1);
  }

  report(seenBefore: number): ReplayReport {
    return { ...this.fates, seenBefore, reasons: Object.fromEntries(this.reasons) };
  }
}
