import { Injectable } from '@nestjs/common';
import {
  assessmentsIn,
  type CourseBatch,
  type NamesOfReport,
  OptionalNodes,
  type ProgressCourse,
  ReportNaming,
} from '@scorekeep/core/domain-exhaust';
import { assessmentRules, ProgressSettings } from './progress.settings';

/** What is known of the courses of one report, each read once. */
export interface CoursesOfReport {
  of(batch: CourseBatch): Promise<ProgressCourse>;
}

/** What progress reports know of courses. */
@Injectable()
export class ProgressCourses {
  constructor(
    private readonly naming: ReportNaming,
    private readonly optionalNodes: OptionalNodes,
    private readonly settings: ProgressSettings,
  ) {}

  forReport(): CoursesOfReport {
    const names = this.naming.forReport();
    const known = new Map<string, Promise<ProgressCourse>>();
    return {
      of: (batch) => {
        const course = known.get(batch.courseId) ?? this.read(batch, names);
        known.set(batch.courseId, course);
        return course;
      },
    };
  }

  private async read(batch: CourseBatch, names: NamesOfReport): Promise<ProgressCourse> {
    const [{ hierarchy, collectionName, batchName }, optionalNodes] = await Promise.all([
      names.of(batch),
      this.optionalNodes.optionalNodesOf(batch.courseId),
    ]);
    return {
      ...{ collectionName, batchName, optionalNodes },
      leafNodesCount: hierarchy?.leafNodesCount,
      assessments: new Set(hierarchy ? assessmentsIn(hierarchy, assessmentRules(this.settings)) : []),
    };
  }
}
