import { CronJob } from 'cron';
import { archivalTaskMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { type Logger } from '@scorekeep/platform/util-logging';

const secondMs = 1000;

export interface ScheduleParts {
  /** Cron, UTC. */
  readonly expression: string;
  readonly topicPrefix: string;
  readonly publisher: MessagePublisher;
  readonly logger: Logger;
  /** The clock, ms since epoch. */
  readonly nowMs: () => number;
}

/**
 * Asks for a plan at every tick. All instances ask under the same id, so that the records meet in one partition, and
 * whoever consumes that one plans once.
 */
export class Schedule {
  private readonly job: CronJob;

  constructor(private readonly parts: ScheduleParts) {
    this.job = CronJob.from({
      cronTime: parts.expression,
      timeZone: 'UTC',
      onTick: () => void this.ask(),
    });
  }

  start(): void {
    this.job.start();
  }

  async stop(): Promise<void> {
    await this.job.stop();
  }

  private async ask(): Promise<void> {
    const { topicPrefix, publisher, logger, nowMs } = this.parts;
    const plannedOnMs = Math.round(nowMs() / secondMs) * secondMs;
    const taskId = `schedule/${new Date(plannedOnMs).toISOString()}`;
    const value = archivalTaskMessage({ kind: 'plan', taskId, plannedOnMs });
    try {
      await publisher.publish(fullTopicName(topicPrefix, topics.archivalTask), [{ key: taskId, value }]);
    } catch (error) {
      logger.error('the schedule could not ask for a plan: nothing is archived until the next time', { error });
    }
  }
}
