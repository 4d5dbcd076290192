import { Injectable } from '@nestjs/common';
import { fullTopicName, type OriginalRecord, parseFailedEvent, topics } from '@scorekeep/core/contract-events';
import {
  MessagePublisher,
  type OutgoingMessage,
  type StoredRecord,
  TopicReader,
} from '@scorekeep/platform/domain-messaging';
import { dryRunGroup, replayGroup, replayGroupPrefix, SentEvents, takesReason } from './replay-groups';
import { ReplayOptions } from './replay-options';
import { ReplayCount, type ReplayReport } from './replay-report';

export interface ReplayRequest {
  /** Only events whose reason contains this text, or is of this kind (see `reasonKind`). */
  readonly reason?: string | undefined;
  /** Count only: send and remember nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Called with the number of events just looked at. */
  readonly onProgress: (events: number) => void;
}

/** Sends what is in the failed topic to the assess topic again, each event once. Safe to repeat and to kill. */
@Injectable()
export class ReplayFailed {
  constructor(
    private readonly reader: TopicReader,
    private readonly publisher: MessagePublisher,
    private readonly options: ReplayOptions,
  ) {}

  /** @throws KAFKA.*; the reason of the signal */
  async execute({ reason, dryRun, signal, onProgress }: ReplayRequest): Promise<ReplayReport> {
    const { groupId, topicPrefix } = this.options;
    const topic = fullTopicName(topicPrefix, topics.assessFailed);
    const [starts, ends] = [await this.reader.startsOf(topic), await this.reader.endsOf(topic)];
    const sent = new SentEvents(groupId, await this.reader.committedBy(replayGroupPrefix(groupId), topic), ends);
    const count = new ReplayCount();
    const group = dryRun ? dryRunGroup(groupId) : replayGroup(groupId, reason);
    await this.reader.read({ topic, groupId: group, ends, commits: !dryRun, signal }, async (records) => {
      const messages = records.flatMap((record) => toSend(record, { reason, sent, count }));
      if (!dryRun) await this.publisher.publish(fullTopicName(topicPrefix, topics.assess), messages);
      onProgress(records.length);
    });
    return count.report(dryRun ? 0 : sent.seenBy(reason, starts));
  }
}

interface Selection {
  readonly reason: string | undefined;
  readonly sent: SentEvents;
  readonly count: ReplayCount;
}

function toSend(record: StoredRecord, { reason: filter, sent, count }: Selection): OutgoingMessage[] {
  const { reason, original } = parseFailedEvent(record);
  const { partition, offset } = record;
  if (!takesReason(filter, reason)) count.add('otherReason', reason);
  else if (sent.has({ partition, offset, reason })) count.add('alreadySent', reason);
  else if (!original) count.add('cut', reason);
  else {
    count.add('sent', reason);
    return [toMessage(original)];
  }
  return [];
}

function toMessage({ timestampMs, ...message }: OriginalRecord): OutgoingMessage {
  return timestampMs === undefined ? message : { ...message, timestampMs };
}
