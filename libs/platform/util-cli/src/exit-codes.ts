/** What a process says by ending. Operators' scripts rely on these. */
export const exitCodes = {
  ok: 0,
  /** It failed, or found a difference. */
  failed: 1,
  /** Unknown command or option, bad value. */
  badUsage: 2,
  badSettings: 78,
  /** Stopped by SIGINT or SIGTERM before it was done. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
