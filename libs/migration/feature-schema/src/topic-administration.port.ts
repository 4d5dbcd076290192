/** Topics as the brokers know them. */
export abstract class TopicAdministration {
  /** Names of all topics. */
  abstract existing(): Promise<ReadonlySet<string>>;

  /**
   * Creates the topics that do not exist, with the brokers' default replication. Existing ones stay as they are.
   * @returns the names it created
   */
  abstract createMissing(topics: readonly string[], partitions: number): Promise<readonly string[]>;
}
