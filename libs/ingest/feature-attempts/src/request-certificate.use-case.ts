import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { certificateRequestMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import {
  type AttemptScores,
  laterUs,
  type LearnerInBatch,
  type LearnerScores,
  ScoreBook,
  stateOf,
} from '@scorekeep/core/domain-scoring';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { IngestOptions } from './ingest-options';

/** Asks for a learner's certificate once per state of their attempts. */
@Injectable()
export class RequestCertificate {
  constructor(
    private readonly book: ScoreBook,
    private readonly publisher: MessagePublisher,
    private readonly options: IngestOptions,
  ) {}

  /**
   * @param always a recompute request causes one even when one was sent for this state
   * @returns the scores, with the state for which a request was sent and acknowledged by Kafka
   */
  async execute(learner: LearnerInBatch, scores: LearnerScores, always: boolean): Promise<LearnerScores> {
    const certificateState = shortDigest(stateOf(scores.attempts));
    if (!always && certificateState === scores.certificateState) return scores;
    const request = { ...learner, attemptId: latestAttemptId(scores.attempts) };
    const topic = fullTopicName(this.options.topicPrefix, topics.certificateRequest);
    const value = certificateRequestMessage(request, this.options.nowMs(), randomUUID());
    await this.publisher.publish(topic, [{ key: learner.userId, value }]);
    if (certificateState === scores.certificateState) return scores;
    const writeTimeUs = laterUs(this.options.nowMs(), scores.certificateStateTimeUs);
    await this.book.write(learner, { entries: [], certificate: { state: certificateState, writeTimeUs } });
    return { ...scores, certificateState, certificateStateTimeUs: writeTimeUs };
  }
}

/** The latest attempt where exactly one content was assessed, else empty. Of equally late ones the greatest id. */
export function latestAttemptId(attempts: AttemptScores): string {
  const all = [...attempts.values()];
  if (new Set(all.map(({ contentId }) => contentId)).size !== 1) return '';
  const real = all.filter(({ placeholder }) => !placeholder);
  const latest = real.reduce<(typeof real)[number] | undefined>((best, each) => {
    if (!best || each.version.timeMs > best.version.timeMs) return each;
    return each.version.timeMs === best.version.timeMs && each.attemptId > best.attemptId ? each : best;
  }, undefined);
  return latest?.attemptId ?? '';
}
