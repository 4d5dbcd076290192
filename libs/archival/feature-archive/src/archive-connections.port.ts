/** The servers that archival works with; its own DI token. */
export abstract class ArchiveConnections {
  /** Connects to the database and asks the store whether it is there. @throws CASSANDRA.*, STORAGE.* naming address and setting */
  abstract open(): Promise<void>;
}
