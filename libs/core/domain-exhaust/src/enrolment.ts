/** That a learner takes part in a batch, and how far they got. */
export interface Enrolment {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  readonly active: boolean;
  /** Ms since epoch; null when unknown. */
  readonly enrolledOnMs: number | null;
  /** Ms since epoch; null when the course is not completed, or it is not known when. */
  readonly completedOnMs: number | null;
  /** Whether the course is completed. */
  readonly completed: boolean;
  readonly certificateIssued: boolean;
  /** Ids of the contents that are completed; undefined where nothing is recorded of contents. */
  readonly completedContents: ReadonlySet<string> | undefined;
}
