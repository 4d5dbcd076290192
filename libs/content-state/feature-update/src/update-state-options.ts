/** What the app decides for this feature; its own DI token. */
export abstract class UpdateStateOptions {
  /** Prefix of all topics: the environment. */
  abstract readonly topicPrefix: string;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
