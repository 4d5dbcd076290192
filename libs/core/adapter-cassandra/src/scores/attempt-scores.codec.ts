import { CqlReader, CqlWriter, type RawValue } from '@scorekeep/platform/adapter-cassandra';
import { type AttemptScore } from '@scorekeep/core/domain-scoring';

/** One for all: nothing is awaited between the first byte and the last. */
const writer = new CqlWriter();

interface AttemptScoreFields {
  content_id: string;
  attempt_id: string;
  score: number;
  max_score: number;
  last_attempted_on: number;
  created_on: number;
  write_time: bigint;
  latest_ets: bigint;
  question_count: number;
  digest: string;
  placeholder: boolean;
}

/** Fields of the type `attempt_score`, in the order in which the schema creates them. */
const WRITERS: { readonly [Field in keyof AttemptScoreFields | 'created_order']: (entry: AttemptScore) => void } = {
  content_id: ({ contentId }) => writer.text(contentId),
  attempt_id: ({ attemptId }) => writer.text(attemptId),
  last_attempted_on: ({ version }) => writer.timestamp(version.timeMs),
  latest_ets: ({ version }) => writer.bigint(BigInt(Math.trunc(version.latestEtsMs))),
  question_count: ({ version }) => writer.int(version.questionCount),
  digest: ({ version }) => writer.text(version.digest),
  created_order: ({ createdOnMs }) => writer.bigint(-BigInt(createdOnMs)),
  score: ({ score }) => writer.double(score),
  max_score: ({ maxScore }) => writer.double(maxScore),
  created_on: ({ createdOnMs }) => writer.timestamp(createdOnMs),
  write_time: ({ writeTimeUs }) => writer.bigint(writeTimeUs),
  placeholder: ({ placeholder }) => writer.boolean(placeholder),
};
const writers = Object.values(WRITERS);

const READERS: Readonly<Record<string, (reader: CqlReader, fields: AttemptScoreFields) => void>> = {
  content_id: (reader, fields) => (fields.content_id = reader.text() ?? ''),
  attempt_id: (reader, fields) => (fields.attempt_id = reader.text() ?? ''),
  score: (reader, fields) => (fields.score = reader.double() ?? 0),
  max_score: (reader, fields) => (fields.max_score = reader.double() ?? 0),
  last_attempted_on: (reader, fields) => (fields.last_attempted_on = reader.timestamp() ?? 0),
  created_on: (reader, fields) => (fields.created_on = reader.timestamp() ?? 0),
  write_time: (reader, fields) => (fields.write_time = reader.bigint() ?? 0n),
  latest_ets: (reader, fields) => (fields.latest_ets = reader.bigint() ?? 0n),
  question_count: (reader, fields) => (fields.question_count = reader.int() ?? 0),
  digest: (reader, fields) => (fields.digest = reader.text() ?? ''),
  placeholder: (reader, fields) => (fields.placeholder = reader.boolean() ?? false),
};

/** One entry of the column `attempts`: the bytes of a value of the type `attempt_score`. */
export function encodeAttemptScore(entry: AttemptScore): Buffer {
  for (const write of writers) write(entry);
  return writer.take();
}

/** The column `attempts`, by its keys. */
export function decodeAttemptScores({ bytes, fields }: RawValue): Map<string, AttemptScore> {
  const readers = fields.map((field) => READERS[field] ?? skip);
  const reader = new CqlReader(bytes);
  const scores = new Map<string, AttemptScore>();
  for (let left = reader.count(); left > 0; left -= 1) {
    const key = reader.text() ?? '';
    const end = reader.begin();
    if (end === undefined) continue;
    const values = nothing();
    for (const read of readers) if (reader.isBefore(end)) read(reader, values);
    reader.skipTo(end);
    scores.set(key, toAttemptScore(values));
  }
  return scores;
}

function skip(reader: CqlReader): void {
  reader.skip();
}

function nothing(): AttemptScoreFields {
  return {
    content_id: '',
    attempt_id: '',
    score: 0,
    max_score: 0,
    last_attempted_on: 0,
    created_on: 0,
    write_time: 0n,
    latest_ets: 0n,
    question_count: 0,
    digest: '',
    placeholder: false,
  };
}

function toAttemptScore(values: AttemptScoreFields): AttemptScore {
  return {
    contentId: values.content_id,
    attemptId: values.attempt_id,
    score: values.score,
    maxScore: values.max_score,
    version: {
      timeMs: values.last_attempted_on,
      latestEtsMs: Number(values.latest_ets),
      questionCount: values.question_count,
      digest: values.digest,
    },
    createdOnMs: values.created_on,
    writeTimeUs: values.write_time,
    placeholder: values.placeholder,
  };
}
