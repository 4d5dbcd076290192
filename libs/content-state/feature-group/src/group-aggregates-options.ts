/** What the app decides for this feature; its own DI token. */
export abstract class GroupAggregatesOptions {
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
