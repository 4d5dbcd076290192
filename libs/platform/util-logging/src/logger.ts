/** What a line carries besides its message. `error` is written with stack, code, context and causes. */
export interface LogFields {
  readonly [name: string]: unknown;
  readonly error?: unknown;
}

/**
 * Writes log lines. Its own injection token. ERROR: someone must act. WARN: degraded, heals itself. INFO: life cycle and
 * one summary per batch or report. Learners' ids at DEBUG and below only; answers and secrets never.
 */
export abstract class Logger {
  abstract trace(message: string, fields?: LogFields): void;
  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warn(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
  /** The process cannot go on. */
  abstract fatal(message: string, fields?: LogFields): void;
  /** A logger whose every line carries these fields too. */
  abstract child(fields: LogFields): Logger;
}
