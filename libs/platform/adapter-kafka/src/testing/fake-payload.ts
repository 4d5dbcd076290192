import { type IHeaders, type KafkaMessage } from 'kafkajs';
import { type BatchPayload } from '../batch/batch-payload';

/** What the runner asked of kafkajs, in order: `resolve 4`, `commit 5`, `heartbeat`. */
export interface FakePayload extends BatchPayload {
  readonly calls: string[];
  /** Offsets that were committed, in order. */
  commits(): readonly string[];
  /** The next heartbeats fail with this error. */
  loseWith(error: Error): void;
  /** The next commit fails with this error. */
  failCommitWith(error: Error): void;
  /** The consumer was stopped, or the partition sought, meanwhile. */
  end(how: 'stopped' | 'stale'): void;
}

/** What of a message matters to a test. */
export type MessageContent = Pick<KafkaMessage, 'key' | 'value'> & { readonly headers: IHeaders };

/** A message as kafkajs passes it; its key and value name its offset. */
export function message(offset: string, content: Partial<MessageContent> = {}): KafkaMessage {
  return {
    offset,
    timestamp: '1700000000000',
    attributes: 0,
    key: Buffer.from(`key ${offset}`),
    value: Buffer.from(`value ${offset}`),
    headers: {},
    ...content,
  };
}

export const messages = (...offsets: number[]): KafkaMessage[] => offsets.map((offset) => message(String(offset)));

/** A payload of `eachBatch` without kafkajs. The partition ends at `lastOffset`, by default the last message's. */
export function fakePayload(messages: readonly KafkaMessage[], lastOffset?: string): FakePayload {
  const calls: string[] = [];
  const last = lastOffset ?? messages.at(-1)?.offset ?? '-1';
  let loss: Error | undefined;
  let commitFailure: Error | undefined;
  let ended: 'stopped' | 'stale' | undefined;
  return {
    batch: {
      topic: 'in',
      partition: 3,
      highWatermark: '100',
      messages: [...messages],
      lastOffset: () => last,
    },
    calls,
    commits: () => calls.filter((call) => call.startsWith('commit ')).map((call) => call.slice('commit '.length)),
    loseWith: (error) => (loss = error),
    failCommitWith: (error) => (commitFailure = error),
    end: (how) => (ended = how),
    isRunning: () => ended !== 'stopped',
    isStale: () => ended === 'stale',
    resolveOffset: (offset) => void calls.push(`resolve ${offset}`),
    heartbeat: async () => {
      calls.push('heartbeat');
      if (loss !== undefined) throw loss;
    },
    commitOffsetsIfNecessary: async (offsets) => {
      const failure = commitFailure;
      commitFailure = undefined;
      if (failure !== undefined) throw failure;
      offsets?.topics.forEach(({ partitions }) => partitions.forEach(({ offset }) => calls.push(`commit ${offset}`)));
    },
  };
}
