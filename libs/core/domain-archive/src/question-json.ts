import { type Answer, type TextMap } from '@scorekeep/core/domain-scoring';
import { readTimeMs, writeTime } from './time-text';
import { AnswerScanner } from './question-scan';
import { compareUtf8 } from './row-order';

/** Says what is wrong with a `question` cell; never its content. */
export class MalformedQuestion extends Error {}

/**
 * The `question` column: a JSON array of objects with the fields of the UDT in its order. Numbers are plain, the
 * shortest that read back equal (`-0` too; NaN and infinities, which JSON has no number for, are texts as in Spark).
 */
export function encodeAnswers(answers: readonly Answer[]): string {
  return `[${answers.map(encodeAnswer).join(',')}]`;
}

/**
 * The answers of a `question` column. Absent and null mean: no text (null), no list (empty), 0 for a number or time,
 * '' for the question id. Entries of a map come in the order in which Cassandra keeps them, by UTF-8 bytes.
 *
 * @throws MalformedQuestion
 */
export function decodeAnswers(text: string): Answer[] {
  return scanner.answersOf(text) ?? parsedAnswers(text);
}

const scanner = new AnswerScanner({
  text: (json) => ifWellFormed(() => textOf({ text: JSON.parse(json) as unknown }, 'text')),
  maps: (json) => ifWellFormed(() => mapsOf({ maps: JSON.parse(json) as unknown }, 'maps')),
});

function ifWellFormed<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function parsedAnswers(text: string): Answer[] {
  const questions = parsed(text);
  if (!Array.isArray(questions)) throw new MalformedQuestion('is no JSON array');
  return questions.map(decodeAnswer);
}

function encodeAnswer(answer: Answer): string {
  return (
    `{"id":${JSON.stringify(answer.questionId)},"assess_ts":${writeTime(answer.etsMs)}` +
    `,"max_score":${encodeNumber(answer.maxScore)},"score":${encodeNumber(answer.score)}` +
    `,"type":${JSON.stringify(answer.type)},"title":${JSON.stringify(answer.title)}` +
    `,"resvalues":${encodeMaps(answer.resvalues)},"params":${encodeMaps(answer.params)}` +
    `,"description":${JSON.stringify(answer.description)},"duration":${encodeNumber(answer.durationSeconds)}}`
  );
}

/** The JSON of a field that is a list of maps. */
export function encodeMaps(maps: readonly TextMap[]): string {
  return `[${maps.map(encodeMap).join(',')}]`;
}

/** By hand: an object would move keys that look like numbers to its front. */
function encodeMap(map: TextMap): string {
  let entries = '';
  for (const [key, value] of map) entries += `${entries && ','}${JSON.stringify(key)}:${JSON.stringify(value)}`;
  return `{${entries}}`;
}

/** A number as it stands in the JSON. */
export function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The parser's own message would quote the answers. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedQuestion('is no JSON');
  }
}

function decodeAnswer(question: unknown): Answer {
  const fields = objectOf(question);
  return {
    questionId: textOf(fields, 'id') ?? '',
    etsMs: timeOf(fields.assess_ts),
    maxScore: numberOf(fields, 'max_score'),
    score: numberOf(fields, 'score'),
    type: textOf(fields, 'type'),
    title: textOf(fields, 'title'),
    description: textOf(fields, 'description'),
    resvalues: mapsOf(fields, 'resvalues'),
    params: mapsOf(fields, 'params'),
    durationSeconds: numberOf(fields, 'duration'),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedQuestion('holds something that is no JSON object');
  }
  return value as Readonly<Record<string, unknown>>;
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = fields[name] ?? null;
  if (value !== null && typeof value !== 'string') throw new MalformedQuestion(`has a ${name} that is no text`);
  return value;
}

function numberOf(fields: Readonly<Record<string, unknown>>, name: string): number {
  const value = fields[name] ?? 0;
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new MalformedQuestion(`has a ${name} that is no number`);
}

function timeOf(value: unknown): number {
  const ms = typeof value === 'string' ? readTimeMs(value) : (value ?? 0);
  if (typeof ms !== 'number') throw new MalformedQuestion('has an assess_ts that is no time');
  return ms;
}

function mapsOf(fields: Readonly<Record<string, unknown>>, name: string): TextMap[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new MalformedQuestion(`has ${name} that are no array`);
  return value.map((map: unknown) => mapOf(map, name));
}

function mapOf(value: unknown, name: string): TextMap {
  const object = objectOf(value);
  const keys = Object.keys(object);
  if (keys.length > 1) keys.sort(compareUtf8);
  const map = new Map<string, string>();
  for (const key of keys) {
    const text = object[key];
    if (typeof text !== 'string') throw new MalformedQuestion(`has ${name} with a value that is no text`);
    map.set(key, text);
  }
  return map;
}
