import { setTimeout as delay } from 'node:timers/promises';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type AttemptOfLearner, attemptKey, latestPerQuestion, totalAttempt } from '@scorekeep/core/domain-scoring';
import {
  Random,
  renderSubmission,
  sampleAnswers,
  type SampleContent,
  type SampleSubmission,
  type SunbirdAttempt,
  type SunbirdLearner,
} from '@scorekeep/core/testing-core';
import { type SunbirdWorld } from './sunbird-world';

const BETWEEN_MS = 100;

/**
 * Learners of Sunbird's who go on answering: new attempts, attempts of long ago submitted once more, events that come
 * twice. Knows what has to be stored of them in the end.
 */
export class LiveLearners {
  private readonly random = new Random(5);
  private readonly sent: SampleSubmission[] = [];
  private stopping = new AbortController();
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: SunbirdWorld,
    private readonly learners: readonly SunbirdLearner[],
    private readonly contents: readonly SampleContent[],
  ) {}

  /** Sends until it is told to stop. */
  start(): void {
    this.stopping = new AbortController();
    this.sending = this.send(this.stopping.signal);
    // thrown by `stop`
    this.sending.catch(() => undefined);
  }

  /** @returns how many events were sent so far */
  async stop(): Promise<number> {
    this.stopping.abort();
    await this.sending;
    return this.sent.length;
  }

  /** The learners as if Sunbird had stored everything: of each attempt what was submitted last. */
  model(): SunbirdLearner[] {
    return this.learners.map((learner) => {
      const attempts = new Map(learner.attempts.map((attempt) => [attemptKey(attempt), attempt]));
      for (const submission of this.sent.filter(({ userId }) => userId === learner.userId)) {
        const attempt = storedOf(submission);
        const known = attempts.get(attemptKey(attempt));
        if (!known || known.timeMs <= attempt.timeMs) attempts.set(attemptKey(attempt), attempt);
      }
      return { ...learner, attempts: [...attempts.values()] };
    });
  }

  private async send(stopping: AbortSignal): Promise<void> {
    const topic = fullTopicName(this.world.world.topicPrefix, topics.assess);
    while (!stopping.aborted) {
      const submission = this.next();
      const record = {
        key: submission.userId,
        value: renderSubmission(submission),
        timestampMs: submission.recordMs,
      };
      await this.world.servers.send(topic, [record]);
      this.sent.push(submission);
      await delay(BETWEEN_MS);
    }
  }

  private next(): SampleSubmission {
    const nowMs = Date.now();
    const before = this.random.chance(0.1) ? this.random.pick(this.sent) : undefined;
    if (before) return { ...before, kind: 'repeated', recordMs: nowMs };
    const learner = this.random.pick(this.learners);
    const isNew = this.random.chance(0.7);
    const { contentId, attemptId } = isNew ? this.newAttempt() : this.random.pick(learner.attempts);
    const content = this.contents.find(({ id }) => id === contentId);
    if (!content) throw new Error(`the courses have no content ${contentId}`);
    const { userId, courseId, batchId } = learner;
    return {
      userId,
      courseId,
      batchId,
      content,
      attemptId,
      kind: isNew ? 'first' : 'resubmitted',
      assessmentTsMs: nowMs,
      recordMs: nowMs,
      ability: 0.7,
      answerSeed: this.random.between(0, 0xffff_ffff),
    };
  }

  private newAttempt(): AttemptOfLearner {
    return { contentId: this.random.pick(this.contents).id, attemptId: `live-${this.sent.length}` };
  }
}

function storedOf(submission: SampleSubmission): SunbirdAttempt {
  const { userId, courseId, batchId, content, attemptId, assessmentTsMs, recordMs } = submission;
  const answers = latestPerQuestion(sampleAnswers(submission));
  const { score, maxScore } = totalAttempt(answers);
  return {
    userId,
    courseId,
    batchId,
    contentId: content.id,
    attemptId,
    timeMs: assessmentTsMs,
    createdOnMs: recordMs,
    updatedOnMs: recordMs,
    answers,
    score,
    maxScore,
    live: true,
    archived: false,
  };
}
