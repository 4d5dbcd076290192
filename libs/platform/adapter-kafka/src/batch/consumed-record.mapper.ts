import { type KafkaMessage } from 'kafkajs';
import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';

const noBytes = new Uint8Array();

/** A record as the rest of the house knows it. Of several headers with one name the last counts, as in Kafka's `lastHeader`. */
export function toConsumedRecord(
  topic: string,
  partition: number,
  message: KafkaMessage,
  mayHaveBegun: boolean,
): ConsumedRecord {
  return {
    topic,
    partition,
    offset: message.offset,
    timestampMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name, lastValue(value)] as const),
    ),
    mayHaveBegun,
  };
}

type HeaderValue = Buffer | string | undefined | null;

/** A header without a value becomes one of no bytes. */
function lastValue(value: HeaderValue | readonly HeaderValue[]): Uint8Array {
  const last = isList(value) ? value.at(-1) : value;
  if (last === undefined || last === null) return noBytes;
  return typeof last === 'string' ? Buffer.from(last) : last;
}

function isList(value: HeaderValue | readonly HeaderValue[]): value is readonly HeaderValue[] {
  return Array.isArray(value);
}
