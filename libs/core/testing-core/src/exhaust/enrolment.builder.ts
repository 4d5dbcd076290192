import { type Enrolment } from '@scorekeep/core/domain-exhaust';

/** An active enrolment on the first day of 2023, nothing completed yet. */
export function anEnrolment(given: Partial<Enrolment> = {}): Enrolment {
  return {
    userId: 'learner',
    courseId: 'course',
    batchId: 'batch',
    active: true,
    enrolledOnMs: Date.UTC(2023, 0, 1, 10),
    completedOnMs: null,
    completed: false,
    certificateIssued: false,
    completedContents: new Set(),
    ...given,
  };
}
