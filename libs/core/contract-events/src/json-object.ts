export type JsonObject = Record<string, unknown>;

export type NoJsonObject = 'not JSON' | 'not a JSON object';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The object that UTF-8 JSON text stands for, or what else the bytes are. A byte order mark is skipped. */
export function jsonObjectOf(bytes: Uint8Array): JsonObject | NoJsonObject {
  const parsed = jsonOf(bytes);
  if (parsed === undefined) return 'not JSON';
  return isJsonObject(parsed) ? parsed : 'not a JSON object';
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns undefined where the object is nested too deeply for `JSON.stringify`, which recurses */
export function jsonBytes(object: JsonObject): Uint8Array | undefined {
  try {
    return Buffer.from(JSON.stringify(object));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `undefined` stands for "not JSON": no JSON text parses to it. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
