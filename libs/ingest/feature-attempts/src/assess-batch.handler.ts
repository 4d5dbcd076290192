import { Injectable } from '@nestjs/common';
import { failedEvent, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type AttemptEvent, learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { type Admission, AdmitRecord } from './admit-record.use-case';
import { failureOutcome } from './failure-outcome';
import { IngestOptions } from './ingest-options';
import { type EventVerdict } from './plan-attempts';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

/** One admitted record on its way; `event` is missing where it asks to recompute. */
interface Arrival {
  readonly index: number;
  readonly record: ConsumedRecord;
  readonly event?: AttemptEvent;
}

interface LearnerGroup {
  readonly learner: LearnerInBatch;
  readonly arrivals: Arrival[];
}

/** Records of the assess topic → outcomes. Learners are handled side by side, one learner's records in their order. */
@Injectable()
export class AssessBatchHandler {
  /** How often a record failed without a reason that is known to pass, by topic, partition and offset. */
  private readonly unexplainedFailures = new Map<string, number>();

  constructor(
    private readonly admitRecord: AdmitRecord,
    private readonly recordAttempts: RecordAttempts,
    private readonly requestCertificate: RequestCertificate,
    private readonly options: IngestOptions,
  ) {}

  /** @returns one outcome per record, in their order */
  async handle(records: readonly ConsumedRecord[]): Promise<RecordOutcome[]> {
    const outcomes = new Array<RecordOutcome>(records.length);
    const admissions = await Promise.allSettled(records.map((record) => this.admitRecord.execute(record)));
    const groups = new Map<string, LearnerGroup>();
    records.forEach((record, index) => {
      const admission = admissions[index];
      if (admission?.status !== 'fulfilled') outcomes[index] = this.failed(record, admission?.reason);
      else if (admission.value.kind === 'refused') outcomes[index] = this.deadLetter(record, admission.value.reason);
      else join(groups, admission.value, { index, record });
    });
    await Promise.all([...groups.values()].map((group) => this.handleLearner(group, outcomes)));
    return outcomes;
  }

  private async handleLearner({ learner, arrivals }: LearnerGroup, outcomes: RecordOutcome[]): Promise<void> {
    try {
      const withEvents = arrivals.filter((arrival) => arrival.event !== undefined);
      const events = withEvents.flatMap(({ event }) => event ?? []);
      const mayHaveBegun = arrivals.some(({ record }) => record.mayHaveBegun);
      const { verdicts, scores } = await this.recordAttempts.execute(learner, events, mayHaveBegun);
      const always = withEvents.length < arrivals.length;
      this.recordAttempts.remember(learner, await this.requestCertificate.execute(learner, scores, always));
      for (const { index } of arrivals) outcomes[index] = { kind: 'done' };
      withEvents.forEach(({ index, record }, position) => {
        outcomes[index] = this.outcomeOf(verdicts[position] ?? 'accepted', record);
      });
      this.forget(arrivals);
    } catch (error) {
      for (const { index, record } of arrivals) outcomes[index] = this.failed(record, error);
    }
  }

  private outcomeOf(verdict: EventVerdict, record: ConsumedRecord): RecordOutcome {
    switch (verdict) {
      case 'accepted':
        return { kind: 'done' };
      case 'repeated':
      case 'stale':
        return { kind: 'skip', reason: verdict };
      case 'too many attempts':
        return this.deadLetter(record, verdict);
    }
  }

  private failed(record: ConsumedRecord, error: unknown): RecordOutcome {
    const key = placeOf(record);
    const failures = (this.unexplainedFailures.get(key) ?? 0) + 1;
    const outcome = failureOutcome(error, failures);
    if (outcome.kind === 'retry') {
      if (outcome.counts) this.unexplainedFailures.set(key, failures);
      return { kind: 'retry', cause: outcome.cause };
    }
    this.unexplainedFailures.delete(key);
    return this.deadLetter(record, outcome.reason);
  }

  private forget(arrivals: readonly Arrival[]): void {
    for (const { record } of arrivals) this.unexplainedFailures.delete(placeOf(record));
  }

  private deadLetter(record: ConsumedRecord, reason: string): RecordOutcome {
    const topic = fullTopicName(this.options.topicPrefix, topics.assessFailed);
    return { kind: 'dead-letter', reason, topic, message: failedEvent(record, reason) };
  }
}

function join(
  groups: Map<string, LearnerGroup>,
  { learner, event }: Extract<Admission, { kind: 'admitted' }>,
  place: { readonly index: number; readonly record: ConsumedRecord },
): void {
  const key = learnerKey(learner);
  const group = groups.get(key) ?? { learner, arrivals: [] };
  group.arrivals.push(event ? { ...place, event } : place);
  groups.set(key, group);
}

function placeOf({ topic, partition, offset }: ConsumedRecord): string {
  return `${topic}/${partition}/${offset}`;
}
