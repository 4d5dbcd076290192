export interface EventClocks {
  /** The event's `assessmentTs`, ms since epoch, by the learner's clock. */
  readonly assessmentTsMs: number;
  /** The Kafka record's timestamp, ms since epoch; not positive when the record has none. */
  readonly recordTimestampMs: number;
  /** The consumer's clock, ms since epoch. */
  readonly nowMs: number;
}

export interface EventTime {
  /** What `last_attempted_on` becomes, ms since epoch. */
  readonly timeMs: number;
  /** The record's timestamp that is believed, ms since epoch: `updated_on`, and a candidate for `created_on`. */
  readonly recordMs: number;
  /** True when the learner's clock was ahead, so that the time is the record's and not the learner's. */
  readonly cutBack: boolean;
}

/** The time of an event: never later than its record, which is never later than now. A wrong clock cannot poison a cell. */
export function eventTime({ assessmentTsMs, recordTimestampMs, nowMs }: EventClocks): EventTime {
  const recordMs = recordTimestampMs > 0 ? Math.min(recordTimestampMs, nowMs) : nowMs;
  const timeMs = Math.min(Math.floor(assessmentTsMs), recordMs);
  return { timeMs, recordMs, cutBack: assessmentTsMs > recordMs };
}
