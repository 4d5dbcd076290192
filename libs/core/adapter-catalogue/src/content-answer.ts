import { contentApiUnavailable } from './catalogue.errors';

/** What the content API says of a content: fields by name. */
export type ContentFields = Readonly<Record<string, unknown>>;

/** Its envelope says so of ids that it does not know, or does not take for ids. */
const UNKNOWN_CONTENT: ReadonlySet<unknown> = new Set(['RESOURCE_NOT_FOUND', 'CLIENT_ERROR']);
const UNKNOWN_CONTENT_STATUSES: ReadonlySet<number> = new Set([400, 404]);

/** An answer of the content API; `text` is its body. */
export interface ContentAnswer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/**
 * Reads an answer of the content API. Only what it says itself counts: an error page of something in between says nothing
 * of the content.
 *
 * @returns undefined when it knows no such content
 * @throws CATALOGUE.UNAVAILABLE
 */
export function contentInAnswer({ url, status, text }: ContentAnswer): ContentFields | undefined {
  const envelope = fieldsOf(parsed(text));
  if (!envelope) throw contentApiUnavailable(`answered ${status} and no JSON object`, url);
  const { responseCode, result } = envelope;
  if (UNKNOWN_CONTENT.has(responseCode)) return undefined;
  if (responseCode === undefined && UNKNOWN_CONTENT_STATUSES.has(status)) return undefined;
  const content = fieldsOf(fieldsOf(result)?.['content']);
  if (status === 200 && content && (responseCode === undefined || responseCode === 'OK')) return content;
  throw contentApiUnavailable(`answered ${status} without a content`, url);
}

/**
 * Names by id in an answer of the content search API, whatever kinds of contents it found. Only what it says itself counts.
 *
 * @throws CATALOGUE.UNAVAILABLE
 */
export function namesInAnswer({ url, status, text }: ContentAnswer): Map<string, string> {
  const { responseCode = 'OK', result } = fieldsOf(parsed(text)) ?? {};
  const found = fieldsOf(result);
  if (status !== 200 || responseCode !== 'OK' || !found)
    throw contentApiUnavailable(`answered ${status} without a result`, url);
  const names = new Map<string, string>();
  for (const content of Object.values(found).filter(Array.isArray).flat()) {
    const { identifier, name } = fieldsOf(content) ?? {};
    if (typeof identifier === 'string' && typeof name === 'string') names.set(identifier, name);
  }
  return names;
}

function fieldsOf(value: unknown): ContentFields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ContentFields) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
