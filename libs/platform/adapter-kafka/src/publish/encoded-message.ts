import { type OutgoingMessage } from '@scorekeep/platform/domain-messaging';

/** A message in the form in which kafkajs sends it, and its size in bytes without the protocol's overhead. */
export interface EncodedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer>;
  /** Ms since epoch, as decimal text. */
  readonly timestamp?: string;
  readonly bytes: number;
}

/** Text becomes UTF-8; bytes are not copied, so they must not change until the message is acknowledged. */
export function encodeMessage(message: OutgoingMessage): EncodedMessage {
  const key = toBuffer(message.key);
  const value = toBuffer(message.value);
  const headers = Object.entries(message.headers ?? {}).map(([name, each]) => [name, bufferOf(each)] as const);
  const headerBytes = headers.reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + each.length, 0);
  return {
    key,
    value,
    headers: Object.fromEntries(headers),
    ...(message.timestampMs === undefined ? {} : { timestamp: String(message.timestampMs) }),
    bytes: (key?.length ?? 0) + (value?.length ?? 0) + headerBytes,
  };
}

function toBuffer(content: string | Uint8Array | null): Buffer | null {
  return content === null ? null : bufferOf(content);
}

/** kafkajs would write a Uint8Array that is no Buffer as its decimal text. */
function bufferOf(content: string | Uint8Array): Buffer {
  return typeof content === 'string'
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}
