/** How large a record of the assess topic may be; what exceeds it is invalid. */
export interface AssessLimits {
  /** Of the record's value, uncompressed. */
  readonly maxBytes: number;
  /** Elements of `events`. */
  readonly maxAnswers: number;
}

export const defaultAssessLimits: AssessLimits = { maxBytes: 1_048_576, maxAnswers: 2_000 };
