import {
  attemptNamedIn,
  attemptText,
  type DamagedEvent,
  generateDamagedEvent,
  Random,
} from '@scorekeep/core/testing-core';
import { IngestWorld } from './ingest-world';

const EVENTS = 3_000;
const seed = Number(process.env['FUZZ_SEED'] ?? 7);

/** Each record carries its number, which its dead letter carries too. */
const numberOf = (headers: { fuzz?: unknown } | undefined): number => Number(String(headers?.fuzz));

describe('the ingest under damaged events', () => {
  let world: IngestWorld;
  let events: readonly DamagedEvent[];

  beforeAll(async () => {
    world = await IngestWorld.create({ name: 'e2e_fuzz', partitions: 2, environment: { LOG_LEVEL: 'warn' } });
    const random = new Random(seed);
    const options = { idPrefix: 'fuzz', learners: 50, undamaged: 0.1, nowMs: Date.now() };
    events = Array.from({ length: EVENTS }, (_, ordinal) => generateDamagedEvent(random, ordinal, options));
    const records = events.map(({ key, value }, index) => ({ key, value, headers: { fuzz: String(index) } }));
    await world.send(records.map((record) => ({ ...record, value: record.value && Buffer.from(record.value) })));
  });
  afterAll(() => world.close());

  it(`stores or sets aside every one, without a crash (seed ${seed})`, async () => {
    const { code, stderr } = await world.run('--until-caught-up');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const failed = await world.read(world.failedTopic);
    const reasons = new Map(
      failed.map(({ headers }) => [numberOf(headers), String(headers?.['validation_error'] ?? '')]),
    );
    expect(failed).toHaveLength(reasons.size);
    expect([...reasons.values()].filter((reason) => reason === '' || reason.startsWith('failed'))).toEqual([]);

    const rows = await world.rows(
      'SELECT user_id, course_id, batch_id, content_id, attempt_id FROM assessment_aggregator',
    );
    const stored = new Set(rows.map((row) => attemptText(row.values() as string[])));
    const lost = events.filter(({ value }, index) => {
      const attempt = value && attemptNamedIn(value);
      return !reasons.has(index) && (value === null || (attempt && !stored.has(attempt)));
    });
    expect(
      lost.map(({ damage, value }) => [
        damage,
        Buffer.from(value ?? [])
          .toString()
          .slice(0, 500),
      ]),
    ).toEqual([]);
    expect(reasons.size).toBeGreaterThan(EVENTS / 3);
    expect(stored.size).toBeGreaterThan(EVENTS / 5);
  });
});
