import { ORIGIN_HEADERS, ORIGINAL_BYTES_HEADER, VALIDATION_ERROR_HEADER } from '@scorekeep/core/contract-events';
import { MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';

/** Shorter than this a value says little: it is left out. */
const SHORTEST_VALUE_BYTES = 1_024;

const ESSENTIAL_HEADERS: ReadonlySet<string> = new Set([
  VALIDATION_ERROR_HEADER,
  ORIGINAL_BYTES_HEADER,
  ...Object.values(ORIGIN_HEADERS),
]);

/**
 * Publishes dead letters, cut as far as is needed where the broker refuses them for their size: a record that is there may
 * not fit a topic with another limit, with the reason added. One that is never accepted would hold up its partition.
 */
export class FittingPublisher extends MessagePublisher {
  /** @param onCut called for each message that was cut; with its size and that of what was sent of it, in bytes */
  constructor(
    private readonly publisher: MessagePublisher,
    private readonly onCut: (topic: string, bytes: number, keptBytes: number) => void,
  ) {
    super();
  }

  /** Each message on its own, so that one that is refused does not touch its neighbours; they travel together all the same. */
  override async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const results = await Promise.allSettled(messages.map((message) => this.publishOne(topic, message)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }

  private async publishOne(topic: string, message: OutgoingMessage): Promise<void> {
    if (await this.isTaken(topic, message)) return;
    for (const candidate of everShorter(message)) {
      if (!(await this.isTaken(topic, candidate))) continue;
      this.onCut(topic, sizeOf(message.value), sizeOf(candidate.value));
      return;
    }
    await this.publisher.publish(topic, [shortest(message)]);
    this.onCut(topic, sizeOf(message.value), 0);
  }

  /** @returns false when the message is too large */
  private async isTaken(topic: string, message: OutgoingMessage): Promise<boolean> {
    try {
      await this.publisher.publish(topic, [message]);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'KAFKA.MESSAGE_TOO_LARGE') return false;
      throw error;
    }
  }
}

/** The message with half its value, a quarter, …; without a value; without what is not needed to find its record. */
function* everShorter(message: OutgoingMessage): Generator<OutgoingMessage> {
  const headers = headersOfCut(message);
  const bytes = typeof message.value === 'string' ? Buffer.from(message.value) : message.value;
  for (let length = Math.floor(sizeOf(bytes) / 2); length >= SHORTEST_VALUE_BYTES; length = Math.floor(length / 2)) {
    yield { ...message, headers, value: bytes && bytes.subarray(0, length) };
  }
  yield { ...message, headers, value: null };
  yield { ...shortest(message), key: message.key };
}

/** Why, and where the record was: all that a dead letter must say. */
function shortest(message: OutgoingMessage): OutgoingMessage {
  const headers = Object.entries(headersOfCut(message)).filter(([name]) => ESSENTIAL_HEADERS.has(name));
  return { key: null, value: null, headers: Object.fromEntries(headers) };
}

function headersOfCut({ headers, value }: OutgoingMessage): NonNullable<OutgoingMessage['headers']> {
  return { ...headers, [ORIGINAL_BYTES_HEADER]: String(sizeOf(value)) };
}

function sizeOf(content: string | Uint8Array | null): number {
  return content === null ? 0 : Buffer.byteLength(content);
}
