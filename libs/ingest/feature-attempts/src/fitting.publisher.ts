import { ORIGIN_HEADERS, ORIGINAL_BYTES_HEADER, VALIDATION_ERROR_HEADER } from '@scorekeep/core/contract-events';
import { MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';

/** Shorter than this a value says little: it is left out. */
const SHORTEST_VALUE_BYTES = 1_024;

const ESSENTIAL_HEADERS: ReadonlySet<string> = new Set([VALIDATION_ERROR_HEADER, ...Object.values(ORIGIN_HEADERS)]);

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

  /** Where one message is too large, some of the others may arrive twice. */
  override async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    try {
      await this.publisher.publish(topic, messages);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      for (const message of messages) await this.publishCut(topic, message, error);
    }
  }

  private async publishCut(topic: string, message: OutgoingMessage, tooLarge: AppError): Promise<void> {
    let last = tooLarge;
    for (const candidate of everShorter(message)) {
      try {
        await this.publisher.publish(topic, [candidate]);
        if (candidate !== message) this.onCut(topic, sizeOf(message.value), sizeOf(candidate.value));
        return;
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        last = error;
      }
    }
    throw last;
  }
}

/** The message; with half its value, a quarter, …; without; without what is not needed to find the record it was. */
function* everShorter(message: OutgoingMessage): Generator<OutgoingMessage> {
  yield message;
  const bytes = typeof message.value === 'string' ? Buffer.from(message.value) : message.value;
  const headers = { ...message.headers, [ORIGINAL_BYTES_HEADER]: String(sizeOf(bytes)) };
  for (let length = Math.floor(sizeOf(bytes) / 2); length >= SHORTEST_VALUE_BYTES; length = Math.floor(length / 2)) {
    yield { ...message, headers, value: bytes && bytes.subarray(0, length) };
  }
  yield { ...message, headers, value: null };
  const essential = Object.entries(headers).filter(
    ([name]) => ESSENTIAL_HEADERS.has(name) || name === ORIGINAL_BYTES_HEADER,
  );
  yield { key: message.key, headers: Object.fromEntries(essential), value: null };
  yield { key: null, headers: Object.fromEntries(essential), value: null };
}

function sizeOf(content: string | Uint8Array | null): number {
  return content === null ? 0 : Buffer.byteLength(content);
}

function isTooLarge(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'KAFKA.MESSAGE_TOO_LARGE';
}
