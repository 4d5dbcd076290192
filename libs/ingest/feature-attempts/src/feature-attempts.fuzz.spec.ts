import { NestFactory } from '@nestjs/core';
import { defaultAssessLimits, parseFailedEvent } from '@scorekeep/core/contract-events';
import { AttemptRows, CourseCatalogue, ScoreBook } from '@scorekeep/core/domain-scoring';
import {
  type DamagedEvent,
  generateDamagedEvent,
  InMemoryAttemptRows,
  InMemoryCourseCatalogue,
  InMemoryScoreBook,
  Random,
} from '@scorekeep/core/testing-core';
import { type ConsumedRecord, MessagePublisher, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { AdmissionOptions } from './admission-options';
import { AssessController } from './assess.controller';
import { FeatureAttemptsModule } from './feature-attempts.module';
import { IngestOptions } from './ingest-options';
import { OutcomeMonitor } from './outcome-monitor.port';
import { readerOf } from './reader.fixture';
import { RecordReader } from './record-reader.port';

const EVENTS = 20_000;
const MICRO_BATCH = 500;
const NOW_MS = 1_800_000_000_000;

const options: IngestOptions = {
  layout: 'unified',
  maxAttempts: 10_000,
  aggDetailsTimeZone: 'UTC',
  topicPrefix: 'test',
  nowMs: () => NOW_MS,
};

class AdaptersModule {}

/** The feature as an app puts it together, around ports in memory. */
async function setUp() {
  const rows = new InMemoryAttemptRows();
  const catalogue = new InMemoryCourseCatalogue();
  catalogue.leafNodes.set('f-course-1', new Set(['f-content-2']));
  catalogue.totalQuestions.set('f-content-2', 2);
  const providers = [
    { provide: ScoreBook, useValue: new InMemoryScoreBook() },
    { provide: AttemptRows, useValue: rows },
    { provide: RecordReader, useValue: readerOf({ ...options, limits: defaultAssessLimits }) },
    { provide: CourseCatalogue, useValue: catalogue },
    { provide: MessagePublisher, useValue: new RecordingPublisher() },
    { provide: OutcomeMonitor, useValue: { onOutcomes: () => undefined } },
    { provide: IngestOptions, useValue: options },
    { provide: AdmissionOptions, useValue: { limits: defaultAssessLimits, checksQuestionCount: true } },
  ];
  const adapters = { module: AdaptersModule, providers, exports: providers.map(({ provide }) => provide) };
  const app = await NestFactory.createApplicationContext(FeatureAttemptsModule.with([adapters]), { logger: false });
  return { app, rows, controller: app.get(AssessController) };
}

function aRecord({ key, value }: DamagedEvent, offset: number): ConsumedRecord {
  const place = { topic: 'test.telemetry.assess', partition: 0, offset: String(offset), timestampMs: NOW_MS };
  return { ...place, key: Buffer.from(key), value, headers: {}, mayHaveBegun: false };
}

/** Whether what a replay would send is the record's value, to the byte where it had no metadata. */
function givesBack(outcome: Extract<RecordOutcome, { kind: 'dead-letter' }>, { value }: ConsumedRecord): boolean {
  const { key, value: failed, headers } = outcome.message;
  const asBytes = Object.entries(headers).map(([name, each]) => [name, Buffer.from(each)]);
  const record = { key, value: failed, headers: Object.fromEntries(asBytes) as Record<string, Buffer>, timestampMs: 1 };
  const sent = parseFailedEvent(record).original?.value ?? null;
  if (value === null || sent === null) return value === sent;
  return Buffer.from(value).includes('"metadata"') || Buffer.from(value).equals(sent);
}

it(`stores or sets aside each of ${EVENTS} damaged events, and never fails`, async () => {
  const { app, rows, controller } = await setUp();
  const random = new Random(20_242);
  const counts = new Map<string, number>();
  for (let start = 0; start < EVENTS; start += MICRO_BATCH) {
    const records = Array.from({ length: MICRO_BATCH }, (_, index) => {
      const event = { idPrefix: 'f', learners: 200, undamaged: 0.1, nowMs: NOW_MS };
      return aRecord(generateDamagedEvent(random, start + index, event), start + index);
    });
    const outcomes = await controller.onBatch(records);
    outcomes.forEach((outcome, index) => {
      counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1);
      if (outcome.kind === 'retry') throw outcome.cause;
      if (outcome.kind !== 'dead-letter') return;
      const { reason, message } = outcome;
      if (reason === '' || reason.startsWith('failed: ')) throw new Error(`a reason like "${reason}"`);
      if (message.headers['validation_error'] !== reason) throw new Error(`no header for ${reason}`);
      const record = records[index];
      if (record && !givesBack(outcome, record)) throw new Error(`a replay would send something else (${reason})`);
    });
  }
  await app.close();
  const attempts = rows
    .all()
    .map((row) => [row.userId, row.courseId, row.batchId, row.contentId, row.attemptId].join('\n'));
  expect(new Set(attempts).size).toBe(attempts.length);
  expect(counts.get('done')).toBeGreaterThan(EVENTS / 5);
  expect(counts.get('dead-letter')).toBeGreaterThan(EVENTS / 3);
  expect(rows.all().length).toBeGreaterThan(EVENTS / 10);
}, 120_000);
