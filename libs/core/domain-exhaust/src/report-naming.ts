import { type ContentNames } from './content-names.port';
import { type CourseBatch } from './course-batch';
import { type CourseBatches } from './course-batches.port';
import { type CourseHierarchies } from './course-hierarchies.port';
import { type CourseHierarchy, titlesIn } from './course-hierarchy';
import { type ReportNames } from './response-rows';

/** Names of a course and batch, and the tree that most of them come from; undefined when it is unknown. */
export interface CourseNames extends ReportNames {
  readonly hierarchy: CourseHierarchy | undefined;
}

interface KnownCourse extends CourseNames {
  readonly titles: Map<string, string>;
  /** Contents that were asked for, whether they have a name or not. */
  readonly asked: Set<string>;
}

/** What batches, collections and contents are called in reports; unknown names are empty. */
export class ReportNaming {
  constructor(
    private readonly hierarchies: CourseHierarchies,
    private readonly batches: CourseBatches,
    private readonly names: ContentNames,
  ) {}

  /** Names read anew, for one report: each course and each content is asked for once. */
  forReport(): NamesOfReport {
    return new NamesOfReport((batch) => this.read(batch), this.names);
  }

  private async read({ courseId, batchId }: CourseBatch): Promise<KnownCourse> {
    const [hierarchy, batchName] = await Promise.all([
      this.hierarchies.hierarchyOf(courseId),
      this.batches.nameOf({ courseId, batchId }),
    ]);
    const collectionName = hierarchy?.name ?? (await this.names.namesOf([courseId])).get(courseId);
    const titles = hierarchy ? titlesIn(hierarchy) : new Map<string, string>();
    return {
      ...{ hierarchy, titles, asked: new Set<string>() },
      collectionName: collectionName ?? '',
      batchName: batchName ?? '',
    };
  }
}

/** Names for one report. */
export class NamesOfReport {
  private readonly courses = new Map<string, Promise<KnownCourse>>();

  constructor(
    private readonly read: (batch: CourseBatch) => Promise<KnownCourse>,
    private readonly names: ContentNames,
  ) {}

  /**
   * Names of a course and batch.
   *
   * @param contentIds whose titles are wanted too: what the hierarchy does not name is asked for in one go
   * @throws EXHAUST.UNREADABLE_HIERARCHY, and what the sources throw
   */
  async of(batch: CourseBatch, contentIds: Iterable<string> = []): Promise<CourseNames> {
    const key = JSON.stringify([batch.courseId, batch.batchId]);
    const reading = this.courses.get(key) ?? this.read(batch);
    this.courses.set(key, reading);
    const course = await reading;
    await this.complete(course, contentIds);
    return course;
  }

  private async complete({ titles, asked }: KnownCourse, contentIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(contentIds)].filter((id) => !titles.has(id) && !asked.has(id));
    if (missing.length === 0) return;
    const found = await this.names.namesOf(missing);
    for (const id of missing) asked.add(id);
    for (const [id, name] of found) titles.set(id, name);
  }
}
