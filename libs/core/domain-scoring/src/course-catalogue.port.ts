/** What is known of courses' contents. */
export abstract class CourseCatalogue {
  /**
   * Ids of the contents that a course consists of.
   * @returns undefined when none are known, in which case every content counts as valid
   * @throws CATALOGUE.UNAVAILABLE (retryable): neither valid nor invalid may be concluded
   */
  abstract leafNodesOf(courseId: string): Promise<ReadonlySet<string> | undefined>;
}
