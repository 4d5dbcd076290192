/** What the app decides for replays; its own DI token. */
export abstract class ReplayOptions {
  /** Prefix of all topics: the environment. */
  abstract readonly topicPrefix: string;
  /** The group that the ingest consumes with. */
  abstract readonly groupId: string;
}
