import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { answersOf } from '@scorekeep/core/domain-scoring';
import { readRecord, type RecordReading } from '@scorekeep/ingest/feature-attempts';
import { ThreadedRecordReader } from './threaded-record-reader';

const NOW_MS = 1_800_000_000_000;
const fields = [
  'id',
  'assess_ts',
  'max_score',
  'score',
  'type',
  'title',
  'resvalues',
  'params',
  'description',
  'duration',
];

function recordOf(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { value: Buffer.from(text), timestampMs: 1_700_000_060_000 };
}

function attempt(number: number, questions = 2) {
  const events = Array.from({ length: questions }, (_, index) => ({
    ets: 1_700_000_001_000 + index,
    edata: {
      item: { id: `q${index}`, maxscore: 2, title: `Frage ${number} ✓`, params: [{ 1: '{"text":"a"}' }] },
      score: index % 2,
      resvalues: [{ 1: '{"text":"a"}' }],
      duration: 1.5,
    },
  }));
  const ids = { userId: `user-${number}`, courseId: 'course', batchId: 'batch', contentId: 'content' };
  return { assessmentTs: 1_700_000_000_000, ...ids, attemptId: `attempt-${number}`, events };
}

/** With their answers built. */
const unpacked = (readings: readonly RecordReading[]) =>
  readings.map((reading) =>
    reading.kind === 'attempt'
      ? { ...reading, event: { ...reading.event, answers: answersOf(reading.event.answers) } }
      : reading,
  );

describe('ThreadedRecordReader', () => {
  const settings = { limits: defaultAssessLimits, layout: 'unified', fields } as const;
  const asSources = { execArgv: ['-r', '@swc-node/register'] };
  let reader: ThreadedRecordReader;

  beforeAll(() => {
    reader = new ThreadedRecordReader({ ...settings, ...asSources, nowMs: () => NOW_MS });
  });

  afterAll(() => reader.close());

  it('reads what the thread that asks would read, in the records’ order', async () => {
    const records = [
      recordOf(attempt(1)),
      recordOf('no json'),
      { value: null, timestampMs: 1 },
      recordOf({ userId: 'user', courseId: 'course', batchId: 'batch', assessmentTs: 1_700_000_000_000 }),
      recordOf(attempt(2, 30)),
      { value: Buffer.alloc(0), timestampMs: 1 },
      recordOf(attempt(3, 1)),
    ];
    const here = records.map((each) => readRecord(each, { ...settings, nowMs: NOW_MS, pack: (answers) => answers }));
    expect(here.map(({ kind }) => kind)).toEqual([
      'attempt',
      'invalid',
      'invalid',
      'recompute',
      'attempt',
      'invalid',
      'attempt',
    ]);
    expect(unpacked(await reader.read(records))).toEqual(here);
  });

  it('reads several micro-batches that are asked for at once, and an empty one', async () => {
    const batches = [[recordOf(attempt(1))], [], [recordOf(attempt(2)), recordOf(attempt(3))]];
    const readings = await Promise.all(batches.map((records) => reader.read(records)));
    expect(readings.map((each) => each.map((one) => one.kind === 'attempt' && one.event.attempt.attemptId))).toEqual([
      ['attempt-1'],
      [],
      ['attempt-2', 'attempt-3'],
    ]);
  });

  it('leaves the records’ own bytes as they are: a dead letter holds them', async () => {
    const record = recordOf(attempt(1));
    const before = Buffer.from(record.value);
    await reader.read([record]);
    expect(record.value).toEqual(before);
  });

  it('fails, and lets what asks try again, when it is closed in the middle', async () => {
    const other = new ThreadedRecordReader({ ...settings, ...asSources, nowMs: () => NOW_MS });
    const reading = other.read([recordOf(attempt(1))]);
    await Promise.all([
      expect(reading).rejects.toMatchObject({ code: 'INGEST.READER_DIED', retryable: true }),
      other.close(),
    ]);
  });
});
