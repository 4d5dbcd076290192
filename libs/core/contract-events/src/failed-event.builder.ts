import { isJsonObject, jsonBytes, type JsonObject, jsonObjectOf } from './json-object';

/** Why an event is in the failed topic. */
export const VALIDATION_ERROR_HEADER = 'validation_error';

/** Where the record was, and when it was produced (ms since epoch). All are decimal text but the topic. */
export const ORIGIN_HEADERS = {
  topic: 'original_topic',
  partition: 'original_partition',
  offset: 'original_offset',
  timestamp: 'original_timestamp',
} as const;

/** Length of the value, where it had to be cut to fit the failed topic. */
export const ORIGINAL_BYTES_HEADER = 'original_bytes';

/** `metadata.src` of every event that this job has set aside; the reference's job says the same. */
export const FAILED_EVENT_SOURCE = 'AssessmentAggregator';

const CLOSING_BRACE = '}'.charCodeAt(0);

/** The record that is set aside, as it was read. */
export interface SetAsideRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Uint8Array>>;
}

export interface FailedEvent {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * What goes to the failed topic: the original object with the reason in its `metadata`; where the original was no JSON
 * object, its bytes as they were. Key and headers are the original's; further headers say the reason, so that it can be
 * filtered by without parsing, and where the record was.
 */
export function failedEvent(record: SetAsideRecord, reason: string): FailedEvent {
  const { topic, partition, offset, timestampMs, key, value } = record;
  const headers = {
    ...record.headers,
    [VALIDATION_ERROR_HEADER]: reason,
    [ORIGIN_HEADERS.topic]: topic,
    [ORIGIN_HEADERS.partition]: String(partition),
    [ORIGIN_HEADERS.offset]: offset,
    [ORIGIN_HEADERS.timestamp]: String(timestampMs),
  };
  return { key, value: value && withReason(value, reason), headers };
}

/** The last member of an object to which the reason was appended, its closing brace included. */
export function appendedMetadata(reason: string): string {
  return `"metadata":${JSON.stringify({ validation_error: reason, src: FAILED_EVENT_SOURCE })}}`;
}

/** Appended to the text, so that the rest stays as it was written; only an object with metadata is written anew. */
function withReason(value: Uint8Array, reason: string): Uint8Array {
  const original = jsonObjectOf(value);
  if (typeof original === 'string') return value;
  if (Object.hasOwn(original, 'metadata')) return withReasonAmongMetadata(original, reason) ?? value;
  const open = value.subarray(0, value.lastIndexOf(CLOSING_BRACE));
  const comma = Object.keys(original).length > 0 ? ',' : '';
  return Buffer.concat([open, Buffer.from(comma + appendedMetadata(reason))]);
}

/** @returns undefined where the object is nested too deeply to be written: its bytes go as they are, the reason in the header */
function withReasonAmongMetadata(original: JsonObject, reason: string): Uint8Array | undefined {
  const known = isJsonObject(original['metadata']) ? original['metadata'] : {};
  const metadata = { ...known, validation_error: reason, src: FAILED_EVENT_SOURCE };
  return jsonBytes({ ...original, metadata });
}
