export const VALIDATION_ERROR_HEADER = 'validation_error';

const SOURCE = 'AssessmentAggregator';

export interface FailedEvent {
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * What goes to the failed topic: the original object with the reason in its `metadata`; where the original was no JSON
 * object, its bytes as they were. The reason is in the header too, so that it can be filtered by without parsing.
 */
export function failedEvent(
  record: { readonly value: Uint8Array | null; readonly headers: Readonly<Record<string, Uint8Array>> },
  original: Record<string, unknown> | undefined,
  reason: string,
): FailedEvent {
  const headers = { ...record.headers, [VALIDATION_ERROR_HEADER]: reason };
  if (!original) return { value: record.value, headers };
  const known = typeof original.metadata === 'object' && original.metadata !== null ? original.metadata : {};
  const metadata = { ...known, validation_error: reason, src: SOURCE };
  return { value: new TextEncoder().encode(JSON.stringify({ ...original, metadata })), headers };
}
