import { isJsonObject, jsonObjectOf } from './json-object';

/** Says that a request for reports was submitted; the request itself is stored elsewhere. */
export interface ExhaustRequestMessage {
  /** With its channel: `<tag>:<channel>`. */
  readonly tag: string;
  readonly requestId: string;
}

/** Value of a message to `exhaust.request`; its key is the request id. */
export function exhaustRequestMessage({ tag, requestId }: ExhaustRequestMessage): string {
  return JSON.stringify({ tag, requestId });
}

/** Undefined: the value is no such message. Never throws. */
export function parseExhaustRequest(value: Uint8Array | null): ExhaustRequestMessage | undefined {
  const parsed = value === null ? undefined : jsonObjectOf(value);
  if (!isJsonObject(parsed)) return undefined;
  const { tag, requestId } = parsed;
  return typeof tag === 'string' && typeof requestId === 'string' ? { tag, requestId } : undefined;
}
