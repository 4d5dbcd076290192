import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { enrolmentSyncMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { LearnerEnrolments } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { notEnrolled, notYours } from './content-state.errors';
import { UpdateStateOptions } from './update-state-options';

/** Asks for a learner's enrolment to be brought up to date. */
@Injectable()
export class SyncEnrolment {
  constructor(
    private readonly enrolments: LearnerEnrolments,
    private readonly publisher: MessagePublisher,
    private readonly options: UpdateStateOptions,
  ) {}

  /**
   * Kafka has acknowledged the request when it returns.
   *
   * @param actsFor ids of the users whom the caller may act for
   * @throws CONTENT_STATE.NOT_YOURS, CONTENT_STATE.NOT_ENROLLED, CASSANDRA.*, KAFKA.*
   */
  async execute(learner: LearnerInBatch, actsFor: readonly string[]): Promise<void> {
    if (!actsFor.includes(learner.userId)) throw notYours();
    if (!(await this.enrolments.find(learner))) throw notEnrolled();
    const topic = fullTopicName(this.options.topicPrefix, topics.enrolmentSync);
    const value = enrolmentSyncMessage(learner, this.options.nowMs(), randomUUID());
    await this.publisher.publish(topic, [{ key: learner.userId, value }]);
  }
}
