import { Injectable } from '@nestjs/common';
import { failedEvent, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type AttemptEvent, learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { type Admission, AdmitRecord } from './admit-record.use-case';
import { FailureLedger } from './failure-ledger';
import { IngestOptions } from './ingest-options';
import { type EventVerdict } from './plan-attempts';
import { ProbeNeighbour } from './probe-neighbour.use-case';
import { RecordReader } from './record-reader.port';
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
  private readonly failures = new FailureLedger();

  constructor(
    private readonly reader: RecordReader,
    private readonly admitRecord: AdmitRecord,
    private readonly recordAttempts: RecordAttempts,
    private readonly requestCertificate: RequestCertificate,
    private readonly probeNeighbour: ProbeNeighbour,
    private readonly options: IngestOptions,
  ) {}

  /** @returns one outcome per record, in their order */
  async handle(records: readonly ConsumedRecord[]): Promise<RecordOutcome[]> {
    const outcomes = new Array<RecordOutcome>(records.length);
    const admissions = await this.admissionsOf(records);
    const groups = new Map<string, LearnerGroup>();
    records.forEach((record, index) => {
      const admission = admissions[index];
      if (admission?.status !== 'fulfilled') outcomes[index] = this.failed(record, admission?.reason);
      else if (admission.value.kind === 'refused') outcomes[index] = this.deadLetter(record, admission.value.reason);
      else join(groups, admission.value, { index, record });
    });
    const failing = new Set<string>();
    await Promise.all(
      [...groups].map(async ([key, group]) => {
        if (!(await this.handleLearner(group, outcomes))) failing.add(key);
      }),
    );
    if (this.failures.wantsEvidence && (await this.probeNeighbour.execute(failing))) this.failures.succeeded();
    return outcomes;
  }

  private async admissionsOf(records: readonly ConsumedRecord[]): Promise<PromiseSettledResult<Admission>[]> {
    try {
      const readings = await this.reader.read(records);
      return await Promise.allSettled(readings.map((reading) => this.admitRecord.execute(reading)));
    } catch (reason) {
      return records.map(() => ({ status: 'rejected', reason }));
    }
  }

  private async handleLearner({ learner, arrivals }: LearnerGroup, outcomes: RecordOutcome[]): Promise<boolean> {
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
      this.failures.succeeded();
      this.failures.forget(arrivals.map(({ record }) => record));
      this.probeNeighbour.remember(learner, scores);
      return true;
    } catch (error) {
      for (const { index, record } of arrivals) outcomes[index] = this.failed(record, error);
      return false;
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
    const outcome = this.failures.failed(record, error);
    return outcome.kind === 'retry' ? outcome : this.deadLetter(record, outcome.reason);
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
