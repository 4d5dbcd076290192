import { type Activity, ActivityAggregates, type ContextAggregates } from '@scorekeep/core/domain-content-state';

const keyOf = ({ type, id }: Activity, userId: string): string => JSON.stringify([type, id, userId]);

/** Metrics that a test writes down. */
export class InMemoryActivityAggregates extends ActivityAggregates {
  private readonly contexts = new Map<string, ContextAggregates[]>();

  add(activity: Activity, userId: string, context: ContextAggregates): void {
    const key = keyOf(activity, userId);
    this.contexts.set(key, [...(this.contexts.get(key) ?? []), context]);
  }

  override async of(
    activity: Activity,
    userIds: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly ContextAggregates[]>> {
    return new Map(
      [...new Set(userIds)].flatMap((userId) => {
        const contexts = this.contexts.get(keyOf(activity, userId));
        return contexts ? [[userId, contexts] as const] : [];
      }),
    );
  }
}
