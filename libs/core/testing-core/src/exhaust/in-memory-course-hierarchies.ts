import { CourseHierarchies, type CourseHierarchy, readHierarchy } from '@scorekeep/core/domain-exhaust';

/** Hierarchies that a test writes down. */
export class InMemoryCourseHierarchies extends CourseHierarchies {
  private readonly trees = new Map<string, string>();

  /** @param tree the JSON text in `content_hierarchy` */
  add(courseId: string, tree: string): void {
    this.trees.set(courseId, tree);
  }

  override async hierarchyOf(courseId: string): Promise<CourseHierarchy | undefined> {
    const tree = this.trees.get(courseId);
    return tree === undefined || tree === '' ? undefined : readHierarchy(courseId, tree);
  }
}
