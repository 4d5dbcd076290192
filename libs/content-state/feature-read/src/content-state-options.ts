/** What the app decides for this feature; its own DI token. */
export abstract class ContentStateOptions {
  /** Zone of the dates in answers, IANA name. */
  abstract readonly timeZone: string;
  /** Most attempts listed per content. */
  abstract readonly maxListedAttempts: number;
  /** Zone of the times in `agg_details`, IANA name. */
  abstract readonly aggDetailsTimeZone: string;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
