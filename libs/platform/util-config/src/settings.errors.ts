import { AppError } from '@scorekeep/platform/util-errors';

/** One variable that cannot be used: what was expected and what was there, ready to print. */
export interface SettingProblem {
  readonly name: string;
  /** A sentence that starts with the variable's name and never holds a secret. */
  readonly text: string;
}

/** Settings that cannot be used, all of them at once. Code CONFIG.INVALID; an edge prints the message and exits 78. */
export class SettingsError extends AppError {
  constructor(readonly problems: readonly SettingProblem[]) {
    super('CONFIG.INVALID', ['bad settings:', ...problems.map(({ text }) => `  ${text}`)].join('\n'));
    this.name = 'SettingsError';
  }
}
