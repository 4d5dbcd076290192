import {
  appendedMetadata,
  FAILED_EVENT_SOURCE,
  ORIGIN_HEADERS,
  ORIGINAL_BYTES_HEADER,
  type SetAsideRecord,
  VALIDATION_ERROR_HEADER,
} from './failed-event.builder';
import { isJsonObject, jsonBytes, type JsonObject, jsonObjectOf } from './json-object';

/** A record as it was before it was set aside. */
export interface OriginalRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Uint8Array>>;
  /** When it was first produced, ms since epoch; undefined when that is not known. */
  readonly timestampMs: number | undefined;
}

export interface ParsedFailedEvent {
  /** Why it was set aside; empty where a record of another writer does not say. */
  readonly reason: string;
  /** Undefined where the value was cut to fit the failed topic: what is left cannot be handled. */
  readonly original: OriginalRecord | undefined;
}

const OWN_HEADERS: ReadonlySet<string> = new Set([
  VALIDATION_ERROR_HEADER,
  ORIGINAL_BYTES_HEADER,
  ...Object.values(ORIGIN_HEADERS),
]);

/** Undoes `failedEvent`. Takes what the reference's job has set aside, too. */
export function parseFailedEvent(record: Omit<SetAsideRecord, 'topic' | 'partition' | 'offset'>): ParsedFailedEvent {
  const { key, value, headers } = record;
  const parsed = value === null ? undefined : jsonObjectOf(value);
  const object = typeof parsed === 'object' ? parsed : undefined;
  const reason = textOf(headers[VALIDATION_ERROR_HEADER]) ?? reasonIn(object) ?? '';
  if (headers[ORIGINAL_BYTES_HEADER]) return { reason, original: undefined };
  return {
    reason,
    original: {
      key,
      value: value && object ? withoutReason(value, object) : value,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name))),
      timestampMs: positive(Number(textOf(headers[ORIGIN_HEADERS.timestamp]) ?? record.timestampMs)),
    },
  };
}

function withoutReason(value: Uint8Array, object: JsonObject): Uint8Array {
  const { metadata } = object;
  if (!isJsonObject(metadata) || metadata['src'] !== FAILED_EVENT_SOURCE) return value;
  const { validation_error: reason, src: _source, ...rest } = metadata;
  if (typeof reason === 'string') {
    const cut = withoutEnding(value, appendedMetadata(reason), Object.keys(object).length > 1 ? ',' : '');
    if (cut) return cut;
  }
  const { metadata: _metadata, ...original } = object;
  return jsonBytes(Object.keys(rest).length > 0 ? { ...object, metadata: rest } : original) ?? value;
}

/** @returns undefined when the value does not end like that */
function withoutEnding(value: Uint8Array, member: string, comma: string): Uint8Array | undefined {
  const ending = Buffer.from(comma + member);
  const start = value.length - ending.length;
  if (start < 0 || !ending.equals(value.subarray(start))) return undefined;
  return Buffer.concat([value.subarray(0, start), Buffer.from('}')]);
}

function reasonIn(object: JsonObject | undefined): string | undefined {
  const metadata = object?.['metadata'];
  if (!isJsonObject(metadata)) return undefined;
  return typeof metadata['validation_error'] === 'string' ? metadata['validation_error'] : undefined;
}

function textOf(header: Uint8Array | undefined): string | undefined {
  return header && Buffer.from(header).toString('utf8');
}

function positive(timestampMs: number): number | undefined {
  return timestampMs > 0 && Number.isFinite(timestampMs) ? timestampMs : undefined;
}
