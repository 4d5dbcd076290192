import { bytesOf, CqlReader, CqlWriter, type RawValue } from '@scorekeep/platform/adapter-cassandra';
import { type Answer, type PackedAnswers, type TextMap } from '@scorekeep/core/domain-scoring';
import { TextMemo } from '@scorekeep/platform/util-memo';

type FieldWriter = (answer: Answer) => void;
type MutableAnswer = { -readonly [Field in keyof Answer]: Answer[Field] };
type FieldReader = (reader: CqlReader, answer: MutableAnswer) => void;

/** One for all: nothing is awaited between the first byte and the last. */
const writer = new CqlWriter();

/** Fields of the type `question`. A null in it is no tombstone. */
const WRITERS: Readonly<Record<string, FieldWriter>> = {
  id: ({ questionId }) => writer.text(questionId),
  assess_ts: ({ etsMs }) => writer.timestamp(etsMs),
  max_score: ({ maxScore }) => writer.double(maxScore),
  score: ({ score }) => writer.double(score),
  type: ({ type }) => writeText(type),
  title: ({ title }) => writeText(title),
  resvalues: ({ resvalues }) => writeMaps(resvalues),
  params: ({ params }) => writeMaps(params),
  description: ({ description }) => writeText(description),
  duration: ({ durationSeconds }) => writer.decimal(durationSeconds),
};

const READERS: Readonly<Record<string, FieldReader>> = {
  id: (reader, answer) => (answer.questionId = reader.text() ?? ''),
  assess_ts: (reader, answer) => (answer.etsMs = reader.timestamp() ?? 0),
  max_score: (reader, answer) => (answer.maxScore = reader.double() ?? 0),
  score: (reader, answer) => (answer.score = reader.double() ?? 0),
  type: (reader, answer) => (answer.type = reader.text()),
  title: (reader, answer) => (answer.title = readRepeated(reader, texts)),
  resvalues: (reader, answer) => (answer.resvalues = readRepeated(reader, lists) ?? []),
  params: (reader, answer) => (answer.params = readRepeated(reader, lists) ?? []),
  description: (reader, answer) => (answer.description = readRepeated(reader, texts)),
  duration: (reader, answer) => (answer.durationSeconds = reader.decimal() ?? 0),
};

/**
 * The column `question`: answers as the bytes of a list of the type `question`.
 *
 * @param fields of the type, in the order in which the server has them; what an operator added to it stays null
 */
export function encodeQuestions(answers: readonly Answer[], fields: readonly string[]): Buffer {
  const writers = fields.map((field) => WRITERS[field] ?? (() => writer.null()));
  writer.count(answers.length);
  for (const answer of answers) {
    const start = writer.begin();
    for (const write of writers) write(answer);
    writer.end(start);
  }
  return writer.take();
}

/** The answers, in the form in which they are stored. @param fields see `encodeQuestions` */
export function packQuestions(answers: readonly Answer[], fields: readonly string[]): PackedAnswers {
  return packedQuestions(encodeQuestions(answers, fields), answers.length, fields);
}

/** The same from bytes that `packQuestions` made elsewhere. */
export function packedQuestions(bytes: Buffer, count: number, fields: readonly string[]): PackedAnswers {
  return { count, bytes, unpack: () => decodeQuestions({ bytes, fields }) };
}

/** Answers from the column `question`. Absent numbers of old rows become 0, absent lists empty. */
export function decodeQuestions({ bytes, fields }: RawValue): Answer[] {
  const readers = fields.map((field) => READERS[field] ?? skip);
  const reader = new CqlReader(bytes);
  const answers: Answer[] = [];
  for (let left = reader.count(); left > 0; left -= 1) {
    const answer = emptyAnswer();
    answers.push(answer);
    const end = reader.begin();
    if (end === undefined) continue;
    for (const read of readers) if (reader.isBefore(end)) read(reader, answer);
    reader.skipTo(end);
  }
  return answers;
}

function writeText(value: string | null): void {
  if (value === null) writer.null();
  else writer.text(value);
}

function writeMaps(maps: readonly TextMap[]): void {
  const list = writer.begin();
  writer.count(maps.length);
  for (const map of maps) {
    const start = writer.begin();
    writer.count(map.size);
    for (const [key, value] of map) {
      writer.text(key);
      writer.text(value);
    }
    writer.end(start);
  }
  writer.end(list);
}

/** Each learner's answer repeats its question's title and options, and mostly one of a few values. */
export const repeatedParts = { total: 2_000_000, longest: 4_096 };
const texts = new TextMemo((raw) => bytesOf(raw).toString('utf8'), repeatedParts);
const lists = new TextMemo((raw) => readMaps(new CqlReader(bytesOf(raw))), repeatedParts);

/** A list of maps from its bytes, see `CqlReader.raw`; the same object for the same bytes. */
export function listOf(raw: string): readonly TextMap[] {
  return lists.of(raw);
}

/** The same object for the same bytes. */
function readRepeated<Value>(reader: CqlReader, memo: TextMemo<Value>): Value | null {
  const raw = reader.raw();
  return raw === null ? null : memo.of(raw);
}

function readMaps(reader: CqlReader): readonly TextMap[] {
  const maps: TextMap[] = [];
  for (let left = reader.count(); left > 0; left -= 1) {
    const map = new Map<string, string>();
    const entries = reader.begin() === undefined ? 0 : reader.count();
    for (let entry = 0; entry < entries; entry += 1) map.set(reader.text() ?? '', reader.text() ?? '');
    maps.push(map);
  }
  return maps;
}

function skip(reader: CqlReader): void {
  reader.skip();
}

function emptyAnswer(): MutableAnswer {
  return {
    questionId: '',
    etsMs: 0,
    maxScore: 0,
    score: 0,
    type: null,
    title: null,
    description: null,
    resvalues: [],
    params: [],
    durationSeconds: 0,
  };
}
