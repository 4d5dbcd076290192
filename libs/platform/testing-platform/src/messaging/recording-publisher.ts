import { MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';

/** A message as a consumer would find it: all of it bytes. */
export interface PublishedMessage {
  readonly topic: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Uint8Array>>;
  /** Ms since epoch; undefined where the sender named none and nothing has stamped it. */
  readonly timestampMs?: number | undefined;
}

/** Keeps what is published in memory. A publish that was told to fail keeps nothing. */
export class RecordingPublisher extends MessagePublisher {
  private readonly messages: PublishedMessage[] = [];
  private failures: Error[] = [];

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    this.messages.push(...messages.map((message) => published(topic, message)));
  }

  /** The next `times` publishes fail. By default as brokers that are away do, which a retry can heal. */
  failNext(times: number, error: Error = unavailable()): void {
    this.failures = Array.from({ length: times }, () => error);
  }

  /** Everything that was published, in order. */
  get published(): readonly PublishedMessage[] {
    return [...this.messages];
  }

  publishedTo(topic: string): readonly PublishedMessage[] {
    return this.messages.filter((message) => message.topic === topic);
  }
}

/** Copies: what the caller does to its bytes afterwards changes nothing. */
function published(topic: string, { key, value, headers = {}, timestampMs }: OutgoingMessage): PublishedMessage {
  return {
    topic,
    key: key === null ? null : bytesOf(key),
    value: value === null ? null : bytesOf(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, bytesOf(each)])),
    timestampMs,
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
}

function unavailable(): AppError {
  return new AppError('KAFKA.UNAVAILABLE', 'told to fail', { retryable: true });
}
