/** What contents and collections are called that no hierarchy names. */
export abstract class ContentNames {
  /**
   * Names by id; unknown ones are not in it. Asked for in bulk, with bounded concurrency; repeated ids cost one question.
   * Where no source is configured nothing has a name.
   *
   * @throws CATALOGUE.UNAVAILABLE, retryable, when the source does not answer
   */
  abstract namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>;
}
