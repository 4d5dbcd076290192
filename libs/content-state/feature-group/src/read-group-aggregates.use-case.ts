import { Injectable } from '@nestjs/common';
import { type Activity, ActivityAggregates, memberMetrics, type Metric } from '@scorekeep/core/domain-content-state';
import { GroupAggregatesOptions } from './group-aggregates-options';

/** Metrics of an activity, and of those of the given users who take part in it. */
export interface GroupAggregates {
  readonly activity: Activity & { readonly agg: readonly Metric[] };
  readonly members: readonly { readonly userId: string; readonly agg: readonly Metric[] }[];
}

/** Reads scores and progress of given users in one activity. */
@Injectable()
export class ReadGroupAggregates {
  constructor(
    private readonly aggregates: ActivityAggregates,
    private readonly options: GroupAggregatesOptions,
  ) {}

  /** Members in the order asked for. @throws CASSANDRA.* */
  async execute(activity: Activity, userIds: readonly string[]): Promise<GroupAggregates> {
    const found = await this.aggregates.of(activity, userIds);
    const members = [...new Set(userIds)].flatMap((userId) => {
      const contexts = found.get(userId);
      return contexts ? [{ userId, agg: memberMetrics(contexts) }] : [];
    });
    const enrolmentCount = { metric: 'enrolmentCount', value: members.length, lastUpdatedOn: this.options.nowMs() };
    return { activity: { ...activity, agg: [enrolmentCount] }, members };
  }
}
