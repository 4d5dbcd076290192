import { type AssessLimits } from '@scorekeep/core/contract-events';

/** Which records are admitted; its own DI token. */
export abstract class AdmissionOptions {
  abstract readonly limits: AssessLimits;
  /** Refuse an attempt that answers more questions than its content has. */
  abstract readonly checksQuestionCount: boolean;
}
