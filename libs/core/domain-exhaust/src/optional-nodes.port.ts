/** Which contents of a course need not be completed. */
export abstract class OptionalNodes {
  /**
   * Ids of the optional contents; none where nothing is known or no source is configured.
   *
   * @throws CATALOGUE.UNAVAILABLE, retryable, when the source does not answer
   */
  abstract optionalNodesOf(courseId: string): Promise<ReadonlySet<string>>;
}
