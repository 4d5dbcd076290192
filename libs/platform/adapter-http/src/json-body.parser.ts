import { invalidRequest } from '@scorekeep/platform/util-http';

/** Deeper than any body of an API, and far from where a recursion over it would end in an overflow. */
const DEEPEST_LEVEL = 64;

/** Keys with which a body could change what all objects inherit; as text, however they are written. */
const SUSPICIOUS = /__proto__|constructor|\\u00/;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const LEVELS: Readonly<Record<string, number>> = { '{': 1, '[': 1, '}': -1, ']': -1 };

/**
 * A JSON body, read with care: nothing that is nested deeper than 64 levels, and no key that would reach prototypes.
 * @throws HTTP.INVALID_REQUEST saying what is wrong and where
 */
export function parseJsonBody(text: string): unknown {
  if (text === '') throw invalidRequest('the body is empty, it must be JSON');
  requireShallow(text);
  const body = parsed(text);
  if (SUSPICIOUS.test(text)) requireHarmless(body);
  return body;
}

/** By how many levels a character leads deeper, by its code. */
const levelsDeeper = Int8Array.from({ length: 128 }, (_, code) => LEVELS[String.fromCharCode(code)] ?? 0);

/** Looks at the text, since a value that is too deep should not be built. */
function requireShallow(text: string): void {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else level += levelsDeeper[code] ?? 0;
    if (level > DEEPEST_LEVEL) {
      throw invalidRequest(`the body is nested deeper than ${DEEPEST_LEVEL} levels at character ${at + 1}`);
    }
  }
}

/** @returns where the closing quote is; the end of the text when there is none */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** The parser's own words quote the body, which is a learner's: only the place is passed on. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalidRequest(`the body is not valid JSON${placeIn(error.message)}`);
  }
}

function placeIn(words: string): string {
  if (words.includes('end of JSON')) return ': it ends too early';
  const position = /at position (\d+)/.exec(words)?.[1];
  return position === undefined ? '' : ` at character ${Number(position) + 1}`;
}

function requireHarmless(body: unknown): void {
  const problems = harmfulKeys(body, '').map((path) => `${path} is not allowed as a key`);
  if (problems.length > 0) throw invalidRequest(...problems);
}

/** Paths of `__proto__`, and of `constructor` with a `prototype` in it. */
function harmfulKeys(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const childPath = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const isHarmful = key === '__proto__' || (key === 'constructor' && hasPrototype(child));
    return isHarmful ? [childPath] : harmfulKeys(child, childPath);
  });
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
