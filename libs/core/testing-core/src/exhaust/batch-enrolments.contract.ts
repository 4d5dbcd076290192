import { type BatchEnrolments, type CourseBatch, type Enrolment } from '@scorekeep/core/domain-exhaust';
import { anEnrolment } from './enrolment.builder';

export interface BatchEnrolmentsUnderTest {
  readonly enrolments: BatchEnrolments;
  readonly add: (enrolment: Enrolment) => Promise<void>;
}

/** What every implementation of `BatchEnrolments` does. Ids are made anew for each test. */
export function describeBatchEnrolments(name: string, create: () => Promise<BatchEnrolmentsUnderTest>): void {
  describe(`${name} as BatchEnrolments`, () => {
    let subject: BatchEnrolmentsUnderTest;
    let batch: CourseBatch;
    let run = 0;

    beforeEach(async () => {
      subject = await create();
      run += 1;
      batch = { courseId: `whole-course-${run}`, batchId: `whole-batch-${run}` };
    });

    const found = async (of: Partial<CourseBatch> & Pick<CourseBatch, 'batchId'>): Promise<Enrolment[]> => {
      const enrolments: Enrolment[] = [];
      for await (const enrolment of subject.enrolments.enrolmentsOf(of)) enrolments.push(enrolment);
      return enrolments.sort((left, right) => (left.userId < right.userId ? -1 : 1));
    };

    it('knows everything of an enrolment', async () => {
      const enrolments = [
        anEnrolment({ ...batch, userId: 'a' }),
        anEnrolment({ ...batch, userId: 'b', active: false, completedContents: undefined, enrolledOnMs: null }),
        anEnrolment({ ...batch, userId: 'c', completed: true, completedOnMs: 86_400_000, certificateIssued: true }),
      ];
      for (const enrolment of enrolments) await subject.add(enrolment);
      expect(await found(batch)).toEqual(enrolments);
    });

    it('finds those of the batch, of every course or of one', async () => {
      const other = { ...batch, courseId: `${batch.courseId} 2` };
      await subject.add(anEnrolment({ ...batch, userId: 'a' }));
      await subject.add(anEnrolment({ ...other, userId: 'b' }));
      await subject.add(anEnrolment({ ...batch, batchId: `${batch.batchId} 2`, userId: 'c' }));
      expect((await found({ batchId: batch.batchId })).map(({ userId }) => userId)).toEqual(['a', 'b']);
      expect((await found(other)).map(({ userId }) => userId)).toEqual(['b']);
      expect(await subject.enrolments.coursesOf(batch.batchId)).toEqual([batch.courseId, other.courseId]);
    });

    it('says how much of a batch comes before an enrolment', async () => {
      for (let index = 0; index < 50; index += 1)
        await subject.add(anEnrolment({ ...batch, userId: `learner ${index}` }));
      const percents: number[] = [];
      for await (const enrolment of subject.enrolments.enrolmentsOf(batch)) {
        percents.push(subject.enrolments.percentBefore(enrolment));
      }
      expect(percents).toEqual([...percents].sort((left, right) => left - right));
      expect(percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true);
      expect(percents.at(-1)).toBeGreaterThan(50);
    });

    it('finds nobody in an unknown batch', async () => {
      expect(await found({ batchId: 'unknown' })).toEqual([]);
      expect(await subject.enrolments.coursesOf('unknown')).toEqual([]);
    });
  });
}
