export interface Activity {
  /** `Course`. */
  readonly type: string;
  readonly id: string;
}

/** One row of `user_activity_agg`: metrics of one user in one context (a batch) of an activity, by metric. */
export interface ContextAggregates {
  /** The legacy map `agg`. */
  readonly legacy: ReadonlyMap<string, number>;
  /** Wins over `legacy`. */
  readonly aggregates: ReadonlyMap<string, number>;
  /** Ms since epoch. */
  readonly lastUpdatedMs: ReadonlyMap<string, number>;
}

/** Metrics of users in activities. */
export abstract class ActivityAggregates {
  /** By user id, of those users who have any; each user is read by key, few at a time. @throws CASSANDRA.* */
  abstract of(
    activity: Activity,
    userIds: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly ContextAggregates[]>>;
}
