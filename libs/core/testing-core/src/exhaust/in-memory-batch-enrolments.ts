import { BatchEnrolments, type CourseBatch, type Enrolment } from '@scorekeep/core/domain-exhaust';

/** Enrolments that a test writes down, in the order in which they were. */
export class InMemoryBatchEnrolments extends BatchEnrolments {
  private readonly enrolments: Enrolment[] = [];

  add(enrolment: Enrolment): void {
    this.enrolments.push(enrolment);
  }

  override async coursesOf(batchId: string): Promise<string[]> {
    const ofBatch = this.enrolments.filter((enrolment) => enrolment.batchId === batchId);
    return [...new Set(ofBatch.map(({ courseId }) => courseId))].sort();
  }

  override async *enrolmentsOf({
    batchId,
    courseId,
  }: Pick<CourseBatch, 'batchId'> & Partial<CourseBatch>): AsyncGenerator<Enrolment> {
    for (const enrolment of this.enrolments) {
      if (enrolment.batchId === batchId && (courseId ?? enrolment.courseId) === enrolment.courseId) yield enrolment;
    }
  }

  override percentBefore({ userId, courseId, batchId }: Enrolment): number {
    const isIt = (each: Enrolment) => each.userId === userId && each.courseId === courseId && each.batchId === batchId;
    return Math.floor((100 * Math.max(0, this.enrolments.findIndex(isIt))) / this.enrolments.length);
  }
}
