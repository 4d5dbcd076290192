import { type CourseBatch, type Enrolments } from '@scorekeep/core/domain-exhaust';

export interface EnrolmentsUnderTest {
  readonly enrolments: Enrolments;
  /** Writes an enrolment; `active` undefined leaves the column empty. */
  readonly enrol: (batch: CourseBatch, userId: string, active: boolean | undefined) => Promise<void>;
}

/** What every implementation of `Enrolments` does. Ids are made anew for each test. */
export function describeEnrolments(name: string, create: () => Promise<EnrolmentsUnderTest>): void {
  describe(`${name} as Enrolments`, () => {
    let subject: EnrolmentsUnderTest;
    let batch: CourseBatch;
    let run = 0;

    beforeEach(async () => {
      subject = await create();
      run += 1;
      batch = { courseId: `course-${run}`, batchId: `batch-${run}` };
    });

    const activeAmong = async (userIds: Iterable<string>, of = batch) =>
      [...(await subject.enrolments.activeAmong(of, userIds))].sort();

    it('finds the active ones among those asked for, and no others', async () => {
      await subject.enrol(batch, 'active', true);
      await subject.enrol(batch, 'also active', true);
      await subject.enrol(batch, 'not asked for', true);
      await subject.enrol(batch, 'left', false);
      await subject.enrol(batch, 'unknown state', undefined);
      const asked = ['active', 'left', 'never enrolled', 'unknown state', 'also active'];
      expect(await activeAmong(asked)).toEqual(['active', 'also active']);
    });

    it('takes an enrolment for its own course and batch only', async () => {
      await subject.enrol({ ...batch, batchId: 'other batch' }, 'learner', true);
      await subject.enrol({ ...batch, courseId: 'other course' }, 'learner', true);
      expect(await activeAmong(['learner'])).toEqual([]);
    });

    it('finds nobody among nobody', async () => {
      expect(await activeAmong([])).toEqual([]);
    });

    it('answers for many learners at once, repeated ones and ids with any characters too', async () => {
      const everyone = Array.from({ length: 300 }, (_, index) => `learner ${index} ${'ü😀"'.slice(index % 2)}`);
      const enrolled = everyone.filter((_, index) => index % 3 === 0);
      await Promise.all(enrolled.map((userId) => subject.enrol(batch, userId, true)));
      expect(await activeAmong([...everyone, ...everyone])).toEqual(enrolled.sort());
    });
  });
}
