/** How often each caller may call. */
export abstract class RateLimit {
  /**
   * Counts one call. Never fails: a limit that cannot be looked up elsewhere is kept here.
   * @returns undefined when the call is within the limit, else after how many ms the next one may be
   */
  abstract take(userId: string): Promise<number | undefined>;
}
