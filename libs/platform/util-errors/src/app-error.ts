/** What an error carries besides its message. Context values are safe to log: no secrets, no learners' answers. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly context?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** True when the same call may succeed later without anybody changing anything. Default false. */
  readonly retryable?: boolean;
}

/**
 * The one error class of the house. `code` is stable and upper-case, `<AREA>.<WHAT>` (`ARCHIVE.NOT_FOUND`);
 * callers decide by code or `retryable`, never by the message.
 */
export class AppError extends Error {
  readonly context: NonNullable<AppErrorOptions['context']>;
  readonly retryable: boolean;

  constructor(
    readonly code: string,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.context = options.context ?? {};
    this.retryable = options.retryable ?? false;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
