/**
 * The yardstick: what kafkajs and cassandra-driver alone can do with the ingest's two write statements. One INSERT of an
 * attempt's row per event (two when split), one UPDATE of the learner's row per learner and micro-batch, offsets
 * committed after the writes. No reads, no checks, no certificates, no log. Ends by SIGTERM.
 *
 * Runs transpiled in a plain Node process, so nothing of the repository is imported here.
 */
import { Client, types } from 'cassandra-driver';
import { type Consumer, type EachBatchPayload, Kafka, type KafkaMessage, logLevel } from 'kafkajs';

const IN_FLIGHT = 96;
const MICRO_BATCH_RECORDS = 500;
const MEBIBYTE = 1024 * 1024;

interface AssessElement {
  readonly ets: number;
  readonly edata: {
    readonly item: {
      readonly id: string;
      readonly maxscore: number;
      readonly type: string;
      readonly title: string;
      readonly desc: string;
      readonly params: readonly object[];
    };
    readonly score: number;
    readonly resvalues: readonly object[];
    readonly duration: number;
  };
}

interface AssessMessage {
  readonly assessmentTs: number;
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  readonly contentId: string;
  readonly attemptId: string;
  readonly events: readonly AssessElement[];
}

interface Attempt {
  readonly message: AssessMessage;
  readonly recordedOn: Date;
  readonly answers: readonly AssessElement[];
  readonly score: number;
  readonly maxScore: number;
}

const layout = setting('STORAGE_LAYOUT');
/** The driver passes a buffer through as it is, whatever the type. */
const isByHand = process.env['BARE_LOOP_ENCODING'] === 'by-hand';
const TOTALS =
  'user_id, course_id, batch_id, content_id, attempt_id, created_on, grand_total, last_attempted_on, total_max_score, total_score, updated_on';
const INSERT_ROW = `INSERT INTO ${layout === 'split' ? 'assessment_raw' : 'assessment_aggregator'} (${TOTALS}, question, question_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?`;
const INSERT_TOTALS = `INSERT INTO assessment_aggregator (${TOTALS}, question_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?`;
const UPDATE_LEARNER =
  'UPDATE user_activity_agg USING TIMESTAMP ? SET attempts = attempts + ?, attempts_filled = true, aggregates = aggregates + ?, agg_last_updated = agg_last_updated + ? WHERE activity_type = ? AND activity_id = ? AND user_id = ? AND context_id = ?';

const client = new Client({
  contactPoints: [setting('CASSANDRA_CONTACT_POINTS')],
  localDataCenter: setting('CASSANDRA_LOCAL_DATACENTER'),
  keyspace: setting('CASSANDRA_KEYSPACE'),
  encoding: { useBigIntAsLong: true },
  queryOptions: { prepare: true, consistency: types.consistencies.localQuorum },
});

let free = IN_FLIGHT;
const waiting: (() => void)[] = [];

async function write(cql: string, params: unknown[]): Promise<void> {
  if (free === 0) await new Promise<void>((go) => waiting.push(go));
  else free -= 1;
  try {
    await client.execute(cql, params);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

function attemptOf({ value, timestamp }: KafkaMessage): Attempt {
  const message = JSON.parse(String(value)) as AssessMessage;
  const latest = new Map(message.events.map((event) => [event.edata.item.id, event]));
  const answers = layout === 'split' ? message.events : [...latest.values()];
  let [score, maxScore] = [0, 0];
  for (const { edata } of latest.values()) {
    score += edata.score;
    maxScore += edata.item.maxscore;
  }
  return { message, recordedOn: new Date(Number(timestamp)), answers, score, maxScore };
}

async function writeAttempt({ message, recordedOn, answers, score, maxScore }: Attempt): Promise<void> {
  const { userId, courseId, batchId, contentId, attemptId, assessmentTs } = message;
  const attemptedOn = new Date(assessmentTs);
  const totals = [
    ...[userId, courseId, batchId, contentId, attemptId],
    ...[attemptedOn, `${score}/${maxScore}`, attemptedOn, maxScore, score, recordedOn],
  ];
  const writeTimeUs = BigInt(assessmentTs) * 1000n;
  if (layout === 'split') await write(INSERT_TOTALS, [...totals, answers.length, writeTimeUs]);
  const questions = isByHand ? encodeQuestions(answers) : answers.map(questionOf);
  await write(INSERT_ROW, [...totals, questions, answers.length, writeTimeUs]);
}

function questionOf({ ets, edata: { item, score, resvalues, duration } }: AssessElement): object {
  return {
    id: item.id,
    assess_ts: new Date(ets),
    max_score: item.maxscore,
    score,
    type: item.type,
    title: item.title,
    resvalues,
    params: item.params,
    description: item.desc,
    duration: types.BigDecimal.fromNumber(duration),
  };
}

/** Grows to the largest attempt; copied out, since the driver keeps what it is given until it is sent. */
let scratch = Buffer.allocUnsafe(64 * 1024);
let end = 0;

/** `list<frozen<question>>` in the native protocol: a count, then per element its length and its fields. */
function encodeQuestions(answers: readonly AssessElement[]): Buffer {
  end = 0;
  putInt(answers.length);
  for (const { ets, edata } of answers) {
    const lengthAt = reserve(4);
    putText(edata.item.id);
    putInt(8);
    const etsAt = reserve(8);
    scratch.writeBigInt64BE(BigInt(ets), etsAt);
    putDouble(edata.item.maxscore);
    putDouble(edata.score);
    putText(edata.item.type);
    putText(edata.item.title);
    putMaps(edata.resvalues);
    putMaps(edata.item.params);
    putText(edata.item.desc);
    const duration = types.BigDecimal.toBuffer(types.BigDecimal.fromNumber(edata.duration));
    putInt(duration.length);
    const at = reserve(duration.length);
    duration.copy(scratch, at);
    scratch.writeInt32BE(end - lengthAt - 4, lengthAt);
  }
  return Buffer.from(scratch.subarray(0, end));
}

function putMaps(maps: readonly object[]): void {
  const lengthAt = reserve(4);
  putInt(maps.length);
  for (const map of maps) {
    const mapLengthAt = reserve(4);
    const entries = Object.entries(map) as [string, unknown][];
    putInt(entries.length);
    for (const [key, value] of entries) {
      putText(key);
      putText(String(value));
    }
    scratch.writeInt32BE(end - mapLengthAt - 4, mapLengthAt);
  }
  scratch.writeInt32BE(end - lengthAt - 4, lengthAt);
}

function putText(text: string): void {
  const lengthAt = reserve(4);
  const mostBytes = text.length * 3;
  const at = reserve(mostBytes);
  end = at + scratch.write(text, at);
  scratch.writeInt32BE(end - at, lengthAt);
}

function putInt(value: number): void {
  const at = reserve(4);
  scratch.writeInt32BE(value, at);
}

function putDouble(value: number): void {
  putInt(8);
  const at = reserve(8);
  scratch.writeDoubleBE(value, at);
}

/** @returns where the bytes begin */
function reserve(bytes: number): number {
  const at = end;
  end += bytes;
  if (end > scratch.length) scratch = Buffer.concat([scratch], 2 * end);
  return at;
}

async function writeLearner(attempts: readonly Attempt[]): Promise<void> {
  const [first] = attempts;
  if (!first) return;
  const { courseId, userId, batchId } = first.message;
  const now = new Date();
  const aggregates: Record<string, number> = {};
  for (const { message, score, maxScore } of attempts) {
    aggregates[`score:${message.contentId}`] = score;
    aggregates[`max_score:${message.contentId}`] = maxScore;
    aggregates[`attempts_count:${message.contentId}`] = 1;
  }
  const times = Object.fromEntries(Object.keys(aggregates).map((name) => [name, now]));
  const entries = Object.fromEntries(attempts.map((attempt) => [attempt.message.attemptId, entryOf(attempt)]));
  const key = ['Course', courseId, userId, `cb:${batchId}`];
  await write(UPDATE_LEARNER, [BigInt(now.getTime()) * 1000n, entries, aggregates, times, ...key]);
}

function entryOf({ message, score, maxScore, answers }: Attempt): object {
  const attemptedOn = new Date(message.assessmentTs);
  return {
    content_id: message.contentId,
    attempt_id: message.attemptId,
    score,
    max_score: maxScore,
    last_attempted_on: attemptedOn,
    created_on: attemptedOn,
    write_time: BigInt(message.assessmentTs) * 1000n,
    latest_ets: BigInt(message.events.at(-1)?.ets ?? 0),
    question_count: answers.length,
    digest: '0000000000000000',
    placeholder: false,
  };
}

async function writeMicroBatch(messages: readonly KafkaMessage[]): Promise<void> {
  const attempts = messages.map(attemptOf);
  const learners = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const { userId, courseId, batchId } = attempt.message;
    const key = `${userId} ${courseId} ${batchId}`;
    learners.set(key, [...(learners.get(key) ?? []), attempt]);
  }
  await Promise.all([...attempts.map(writeAttempt), ...[...learners.values()].map(writeLearner)]);
}

async function handleBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
  const { topic, partition, messages } = payload.batch;
  for (let start = 0; start < messages.length; start += MICRO_BATCH_RECORDS) {
    const part = messages.slice(start, start + MICRO_BATCH_RECORDS);
    await writeMicroBatch(part);
    const offset = part.at(-1)?.offset ?? '0';
    payload.resolveOffset(offset);
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(offset) + 1n) }]);
    await payload.heartbeat();
  }
}

async function main(): Promise<void> {
  await client.connect();
  const kafka = new Kafka({ brokers: [setting('KAFKA_BROKERS')], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: setting('KAFKA_GROUP_ID'),
    maxBytesPerPartition: 4 * MEBIBYTE,
    maxBytes: 16 * MEBIBYTE,
    maxWaitTimeInMs: 500,
  });
  consumer.on(consumer.events.GROUP_JOIN, () => void process.stderr.write('partitions were assigned\n'));
  consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
  process.once('SIGTERM', () => void close(consumer).catch(fail));
  await consumer.connect();
  await consumer.subscribe({ topics: [`${setting('KAFKA_TOPIC_PREFIX')}.telemetry.assess`], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: (payload) => handleBatch(consumer, payload),
  });
}

async function close(consumer: Consumer): Promise<void> {
  await consumer.disconnect();
  await client.shutdown();
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

main().catch(fail);
