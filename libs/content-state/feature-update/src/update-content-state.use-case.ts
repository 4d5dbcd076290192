import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fullTopicName } from '@scorekeep/core/contract-events';
import {
  type BatchOfCourse,
  BatchStates,
  ConsumptionRows,
  foreseeRows,
  LearnerEnrolments,
  planUpdate,
  recordLastRead,
  type RowChange,
  type SubmittedItem,
  type UpdatePlan,
  type UpdatesOfLearner,
  writeRows,
} from '@scorekeep/core/domain-content-state';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { contended } from './content-state.errors';
import { updateMessages } from './update-messages';
import { UpdateStateOptions } from './update-state-options';

/** What an app sent. */
export interface SubmittedState {
  readonly items: readonly SubmittedItem[];
  /** Ids of the users whom the caller may act for. */
  readonly actsFor: readonly string[];
}

/**
 * Takes over how far learners got. Messages go out first and are acknowledged, then rows are written: so that others
 * learn of all that is stored, and nothing is stored that they never learn of. Safe to repeat at any point.
 */
@Injectable()
export class UpdateContentState {
  constructor(
    private readonly states: BatchStates,
    private readonly rows: ConsumptionRows,
    private readonly enrolments: LearnerEnrolments,
    private readonly publisher: MessagePublisher,
    private readonly options: UpdateStateOptions,
  ) {}

  /**
   * @returns what was done with the items
   * @throws CONTENT_STATE.CONTENDED, CASSANDRA.*, KAFKA.*: nothing is stored unless Kafka acknowledged everything
   */
  async execute({ items, actsFor }: SubmittedState): Promise<UpdatePlan> {
    const nowMs = this.options.nowMs();
    const plan = planUpdate(items, new Set(actsFor), await this.states.of(batchesOf(items)));
    const changes: RowChange[][] = [];
    for (const update of plan.learners) changes.push(await foreseeRows(this.rows, { ...update, nowMs }));
    await this.publish(plan, changes, actsFor, nowMs);
    for (const [index, update] of plan.learners.entries()) {
      await this.write({ ...update, nowMs }, changes[index] ?? []);
    }
    return plan;
  }

  private async write(update: UpdatesOfLearner, changes: readonly RowChange[]): Promise<void> {
    const written = await writeRows(this.rows, update, changes);
    if (written === 'contended') throw contended();
    if ((await recordLastRead(this.enrolments, update.learner, written)) === 'contended') throw contended();
  }

  private async publish(
    { learners, rejected }: UpdatePlan,
    changes: readonly RowChange[][],
    actsFor: readonly string[],
    nowMs: number,
  ): Promise<void> {
    const foreseen = learners.map((update, index) => ({
      ...update,
      contents: (changes[index] ?? []).map(({ merged }) => merged),
    }));
    const messages = updateMessages(foreseen, rejected, actsFor, { nowMs, uuid: randomUUID });
    await Promise.all(
      messages.map(([topic, ofTopic]) =>
        this.publisher.publish(fullTopicName(this.options.topicPrefix, topic), ofTopic),
      ),
    );
  }
}

/** An item without a course is of no batch that is known. */
function batchesOf(items: readonly SubmittedItem[]): BatchOfCourse[] {
  return items.filter(({ courseId, batchId }) => courseId !== '' && batchId.trim() !== '');
}
