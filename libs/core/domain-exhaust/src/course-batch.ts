/** A run of a course. Two courses may use the same batch id. */
export interface CourseBatch {
  readonly courseId: string;
  readonly batchId: string;
}
