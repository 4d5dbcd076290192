import { Injectable } from '@nestjs/common';
import { type ArchivalTask, parseArchivalTask } from '@scorekeep/core/contract-events';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { Logger } from '@scorekeep/platform/util-logging';
import { TaskOptions } from './task-options';
import { PlanTasks } from './plan-tasks.use-case';
import { RunWeekTask, type WeekTask } from './run-week-task.use-case';

/** A week that servers failed so often is recorded as FAILED, and the next plan asks for it again. */
const MOST_TRIES = 5;
const REMEMBERED_PLANS = 100;

const done: RecordOutcome = { kind: 'done' };

/** Records of the task topic → outcomes, one after the other: a partition is the work of one instance at a time. */
@Injectable()
export class ArchivalTaskHandler {
  private readonly plans = new Set<string>();
  private readonly tries = new Map<string, number>();

  constructor(
    private readonly planTasks: PlanTasks,
    private readonly runWeekTask: RunWeekTask,
    private readonly options: TaskOptions,
    private readonly logger: Logger,
  ) {}

  /** @returns one outcome per record, in their order */
  async handle(records: readonly ConsumedRecord[]): Promise<RecordOutcome[]> {
    const outcomes: RecordOutcome[] = [];
    for (const record of records) outcomes.push(await this.outcomeOf(record));
    return outcomes;
  }

  private async outcomeOf(record: ConsumedRecord): Promise<RecordOutcome> {
    const { signal } = this.options;
    if (signal.aborted) return { kind: 'retry', cause: signal.reason as Error };
    const task = parseArchivalTask(record.value);
    if (!task) {
      this.logger.warn('a record is no archival task', { partition: record.partition, offset: record.offset });
      return { kind: 'skip', reason: 'no task' };
    }
    return task.kind === 'plan' ? this.plan(task) : this.week(task);
  }

  /** Every instance asks at the same time: the first one's question is enough. */
  private async plan({ taskId }: ArchivalTask): Promise<RecordOutcome> {
    if (this.plans.has(taskId)) return { kind: 'skip', reason: 'planned already' };
    try {
      const weeks = await this.planTasks.execute(taskId);
      this.remember(taskId);
      this.logger.info('planned', { taskId, weeks });
      return done;
    } catch (error) {
      return this.failed(taskId, error);
    }
  }

  private async week(task: WeekTask): Promise<RecordOutcome> {
    const outcome = await this.runWeekTask.execute(task);
    switch (outcome.kind) {
      case 'done':
        this.tries.delete(task.taskId);
        return done;
      case 'busy':
        return { kind: 'retry', cause: new AppError('ARCHIVE.LEASE_HELD', 'somebody works on the week') };
      case 'failed':
        return this.failed(task.taskId, outcome.error);
    }
  }

  private failed(taskId: string, error: unknown): RecordOutcome {
    const cause = error instanceof Error ? error : new Error(messageOf(error));
    if (this.options.signal.aborted) return { kind: 'retry', cause };
    const tries = (this.tries.get(taskId) ?? 0) + 1;
    if (error instanceof AppError && error.retryable && tries < MOST_TRIES) {
      this.tries.set(taskId, tries);
      return { kind: 'retry', cause };
    }
    this.tries.delete(taskId);
    this.logger.error(`archival task failed: ${messageOf(error)}`, { taskId, error });
    return done;
  }

  private remember(taskId: string): void {
    this.plans.add(taskId);
    const [oldest] = this.plans;
    if (this.plans.size > REMEMBERED_PLANS && oldest !== undefined) this.plans.delete(oldest);
  }
}
