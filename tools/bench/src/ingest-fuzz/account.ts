import { reasonKind } from '@scorekeep/core/contract-events';
import { attemptNamedIn, type DamagedEvent } from '@scorekeep/core/testing-core';

/** An event that is neither stored nor in the failed topic. */
export interface LostEvent {
  readonly ordinal: number;
  readonly damage: string;
  readonly value: Uint8Array | null;
}

const LOST_SHOWN = 5;

/** What became of every event of a run. */
export class Account {
  /** Dead letters by kind of reason. */
  readonly reasons = new Map<string, number>();
  /** Dead letters that came twice. */
  repeated = 0;
  /** Dead letters that give no reason, or only that something failed. */
  unexplained = 0;
  stored = 0;
  recomputed = 0;
  lostCount = 0;
  readonly lost: LostEvent[] = [];
  private readonly setAside: Uint8Array;

  constructor(events: number) {
    this.setAside = new Uint8Array(events);
  }

  /** @param ordinal of the event */
  addDeadLetter(ordinal: number, reason: string): void {
    if (this.setAside[ordinal]) this.repeated += 1;
    this.setAside[ordinal] = 1;
    if (reason === '' || reason.startsWith('failed: ')) this.unexplained += 1;
    const kind = reasonKind(reason);
    this.reasons.set(kind, (this.reasons.get(kind) ?? 0) + 1);
  }

  get deadLetters(): number {
    return this.setAside.reduce((sum, each) => sum + each, 0);
  }

  /** Call it for every event, after all dead letters. @param isStored by `attemptText` */
  addEvent(ordinal: number, { value, damage }: DamagedEvent, isStored: (attempt: string) => boolean): void {
    if (this.setAside[ordinal]) return;
    const attempt = value === null ? undefined : attemptNamedIn(value);
    if (attempt !== undefined && isStored(attempt)) this.stored += 1;
    else if (attempt === undefined && value !== null) this.recomputed += 1;
    else {
      this.lostCount += 1;
      if (this.lost.length < LOST_SHOWN) this.lost.push({ ordinal, damage, value });
    }
  }
}
