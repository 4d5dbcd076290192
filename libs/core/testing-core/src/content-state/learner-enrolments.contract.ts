import { type LearnerEnrolments } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

export interface LearnerEnrolmentsUnderTest {
  readonly enrolments: LearnerEnrolments;
  /** Enrols a learner who has read nothing. */
  readonly enrol: (learner: LearnerInBatch) => Promise<void>;
}

/** What every `LearnerEnrolments` promises. */
export function describeLearnerEnrolments(name: string, create: () => LearnerEnrolmentsUnderTest): void {
  describe(`${name} as LearnerEnrolments`, () => {
    const learner = { userId: 'enrolled é', courseId: 'course', batchId: 'batch' };
    const nothingRead = { contentId: null, status: null, accessMs: null };
    const lastRead = { contentId: 'do_a', status: 1, accessMs: 1_600_000_000_123 };

    it('finds an enrolment by learner, course and batch, and no other', async () => {
      const { enrolments, enrol } = create();
      const found = { ...learner, userId: 'found' };
      await enrol(found);
      expect(await enrolments.find(found)).toEqual(nothingRead);
      for (const other of [{ userId: 'nobody' }, { courseId: 'other' }, { batchId: 'other' }]) {
        expect(await enrolments.find({ ...found, ...other })).toBeUndefined();
      }
    });

    it('records what was read last, first and again', async () => {
      const { enrolments, enrol } = create();
      const reader = { ...learner, userId: 'reader' };
      await enrol(reader);
      expect(await enrolments.recordLastRead(reader, lastRead, nothingRead)).toBe('recorded');
      expect(await enrolments.find(reader)).toEqual(lastRead);
      const later = { contentId: 'do_b', status: 2, accessMs: 1_600_000_000_124 };
      expect(await enrolments.recordLastRead(reader, later, lastRead)).toBe('recorded');
      expect(await enrolments.find(reader)).toEqual(later);
    });

    it('records nothing when another time was recorded meanwhile', async () => {
      const { enrolments, enrol } = create();
      const reader = { ...learner, userId: 'two devices' };
      await enrol(reader);
      await enrolments.recordLastRead(reader, lastRead, nothingRead);
      const other = { contentId: 'do_b', status: 2, accessMs: 1_600_000_000_124 };
      expect(await enrolments.recordLastRead(reader, other, nothingRead)).toBe('conflict');
      expect(await enrolments.recordLastRead(reader, other, { ...nothingRead, accessMs: 5 })).toBe('conflict');
      expect(await enrolments.find(reader)).toEqual(lastRead);
    });
  });
}
