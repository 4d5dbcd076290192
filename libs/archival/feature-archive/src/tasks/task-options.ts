/** What the app decides for tasks; its own DI token. */
export abstract class TaskOptions {
  abstract readonly topicPrefix: string;
  /** Aborted when the service is to stop: weeks under way are given back. */
  abstract readonly signal: AbortSignal;
  /** How long after its end a week counts as complete. */
  abstract readonly graceMs: number;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
