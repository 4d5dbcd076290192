import { Injectable } from '@nestjs/common';
import { type ArchivalTask, archivalTaskMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import {
  type ArchivalRecord,
  archivePeriod,
  type BatchWeek,
  formatIsoWeek,
  type PlannedWeek,
} from '@scorekeep/core/domain-archive';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { ArchivalRecords } from '../archival-records';
import { PlanArchive } from '../plan-archive.use-case';
import { sameWeek } from '../selection/week-selection';
import { ArchivalMonitor } from './archival-monitor.port';
import { TaskOptions } from './task-options';

const MESSAGES_AT_ONCE = 500;

/** Asks for every complete week that there may be something to do for: one task each, spread over all instances. */
@Injectable()
export class PlanTasks {
  constructor(
    private readonly planArchive: PlanArchive,
    private readonly records: ArchivalRecords,
    private readonly publisher: MessagePublisher,
    private readonly monitor: ArchivalMonitor,
    private readonly options: TaskOptions,
  ) {}

  /** @returns how many weeks were asked for @throws CASSANDRA.*, STORAGE.*, KAFKA.* */
  async execute(planId: string): Promise<number> {
    const plannedOnMs = this.options.nowMs();
    const planned = await this.planArchive.execute({
      period: archivePeriod({ period: 'all' }, plannedOnMs, this.options.graceMs),
    });
    const records = await this.records.find({});
    const deletable = records.filter(
      (record) => mayBeDeleted(record) && !planned.some((each) => sameWeek(each, record)),
    );
    this.report(records, planned);
    const tasks = [
      ...planned.map((week) => taskOf(planId, plannedOnMs, week, true)),
      ...deletable.map((week) => taskOf(planId, plannedOnMs, week, false)),
    ];
    for (let start = 0; start < tasks.length; start += MESSAGES_AT_ONCE) {
      await this.publisher.publish(
        fullTopicName(this.options.topicPrefix, topics.archivalTask),
        tasks
          .slice(start, start + MESSAGES_AT_ONCE)
          .map((task) => ({ key: task.taskId, value: archivalTaskMessage(task) })),
      );
    }
    return tasks.length;
  }

  private report(records: readonly ArchivalRecord[], planned: readonly PlannedWeek[]): void {
    const weeks = new Map<string, number>();
    for (const { archival, deletion } of records) {
      const state = `${archival} ${deletion}`;
      weeks.set(state, (weeks.get(state) ?? 0) + 1);
    }
    this.monitor.onPlan({ weeks, plannedWeeks: planned.length });
  }
}

/** Rows that are not deleted yet, or objects that a later iteration may have replaced. */
function mayBeDeleted({ archival, deletion, iteration }: ArchivalRecord): boolean {
  return archival === 'SUCCESS' && (deletion !== 'SUCCESS' || iteration > 1);
}

function taskOf(planId: string, plannedOnMs: number, batchWeek: BatchWeek, archive: boolean): ArchivalTask {
  const { batchId, collectionId, week } = batchWeek;
  const taskId = `${planId}/${batchId}/${collectionId}/${formatIsoWeek(week)}`;
  return { kind: 'week', taskId, plannedOnMs, batchId, collectionId, ...week, archive };
}
