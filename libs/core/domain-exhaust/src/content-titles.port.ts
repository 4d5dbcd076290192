/** The names in a course's hierarchy. */
export interface CourseTitles {
  /** The collection's own name; undefined when it is unknown. */
  readonly collectionName: string | undefined;
  /** Title by content id, of every node below the collection that has one. */
  readonly titles: ReadonlyMap<string, string>;
}

/** What collections and their contents are called. */
export abstract class ContentTitles {
  /**
   * Names of a collection and of everything in it; of a content that stands there twice, the first in hierarchy order.
   * An unknown collection has no names. @throws EXHAUST.UNREADABLE_HIERARCHY naming the course
   */
  abstract titlesOf(courseId: string): Promise<CourseTitles>;
}
