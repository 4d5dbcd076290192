import { ContentTitles, type CourseTitles } from '@scorekeep/core/domain-exhaust';

/** Titles that a test writes down. */
export class InMemoryContentTitles extends ContentTitles {
  private readonly courses = new Map<string, CourseTitles>();

  add(courseId: string, collectionName: string, titles: Readonly<Record<string, string>> = {}): void {
    this.courses.set(courseId, { collectionName, titles: new Map(Object.entries(titles)) });
  }

  override async titlesOf(courseId: string): Promise<CourseTitles> {
    return this.courses.get(courseId) ?? { collectionName: undefined, titles: new Map() };
  }
}
