import { type CourseHierarchy } from './course-hierarchy';

/** What courses consist of. */
export abstract class CourseHierarchies {
  /** Undefined when nothing is known of the course. @throws EXHAUST.UNREADABLE_HIERARCHY naming the course */
  abstract hierarchyOf(courseId: string): Promise<CourseHierarchy | undefined>;
}
