import { type RecordOutcome } from '@scorekeep/platform/domain-messaging';

/** Is told what becomes of records; its own DI token. A record that is handled again is told of again. */
export abstract class OutcomeMonitor {
  /** Must not throw. */
  abstract onOutcomes(outcomes: readonly RecordOutcome[]): void;
}
