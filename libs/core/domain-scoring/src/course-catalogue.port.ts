/**
 * How fresh an answer must be: `remembered` may be some time old, `recent` at most a few seconds. What speaks against an
 * event is asked again as `recent` first, since courses and contents are published while events come in.
 */
export type CatalogueFreshness = 'remembered' | 'recent';

/**
 * What is known of courses and their contents.
 *
 * Every method fails with CATALOGUE.UNAVAILABLE (retryable) when the catalogue does not answer: then neither valid nor
 * invalid may be concluded.
 */
export abstract class CourseCatalogue {
  /**
   * Ids of the contents that a course consists of.
   * @param freshness default `remembered`
   * @returns undefined when none are known, in which case every content counts as valid
   */
  abstract leafNodesOf(courseId: string, freshness?: CatalogueFreshness): Promise<ReadonlySet<string> | undefined>;

  /**
   * How many questions a content has.
   * @param freshness default `remembered`
   * @returns at least 1; undefined when that is not known, in which case any number counts as valid
   */
  abstract totalQuestionsOf(contentId: string, freshness?: CatalogueFreshness): Promise<number | undefined>;
}
