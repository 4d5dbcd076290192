import * as fc from 'fast-check';
import { type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { ConsumerPositions } from '../consumer/consumer-positions';
import { fakePayload, message } from '../testing/fake-payload';
import { BatchRunner } from './batch-runner';

/** What a record does: how often it asks for a retry, and how it ends. */
const fates = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 3 }),
    retries: fc.integer({ min: 0, max: 3 }),
    end: fc.constantFrom('done' as const, 'skip' as const, 'dead-letter' as const),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('BatchRunner, whatever the handler decides', () => {
  it('never commits past a record that is not finished, and in the end commits everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fates,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (plan, maxRecords, publishFailures) => {
          const offsets = plan.map((_, index) => plan.slice(0, index + 1).reduce((sum, { gap }) => sum + gap, 0));
          const left = new Map(offsets.map((offset, index) => [String(offset), plan[index]?.retries ?? 0]));
          const finished = new Set<string>();
          const publisher = new RecordingPublisher();
          const payload = fakePayload(offsets.map((offset) => message(String(offset))));
          const deadLetters = (): Set<string> =>
            new Set(publisher.published.map(({ value }) => Buffer.from(value ?? []).toString()));
          const commit = payload.commitOffsetsIfNecessary;
          payload.commitOffsetsIfNecessary = async (request) => {
            const next = Number(request?.topics[0]?.partitions[0]?.offset);
            const covered = offsets.filter((offset) => offset < next).map(String);
            const acknowledged = deadLetters();
            expect(covered.filter((offset) => !finished.has(offset) && !acknowledged.has(`value ${offset}`))).toEqual(
              [],
            );
            await commit(request);
          };

          const runner = new BatchRunner(
            {
              microBatch: { maxRecords, maxBytes: 1_000 },
              backOff: { startMs: 1, capMs: 1 },
              heartbeatEveryMs: 60_000,
            },
            {
              publisher,
              positions: new ConsumerPositions(),
              log: () => undefined,
              onBatch: () => undefined,
              wait: async () => {
                if (publishFailures.pop() === true) publisher.failNext(1);
              },
              handler: async (records) =>
                records.map(({ offset, key, value }): RecordOutcome => {
                  expect(finished.has(offset)).toBe(false);
                  const retries = left.get(offset) ?? 0;
                  left.set(offset, retries - 1);
                  if (retries > 0) return { kind: 'retry', cause: new Error('later') };
                  const end = plan[offsets.indexOf(Number(offset))]?.end;
                  if (end === 'dead-letter') {
                    return { kind: end, reason: 'bad', topic: 'failed', message: { key, value, headers: {} } };
                  }
                  finished.add(offset);
                  return end === 'skip' ? { kind: end, reason: 'stale' } : { kind: 'done' };
                }),
            },
          );

          await runner.run(payload);

          const commits = payload.commits().map(Number);
          expect(commits).toEqual([...commits].sort((one, other) => one - other));
          expect(commits.at(-1)).toBe((offsets.at(-1) ?? 0) + 1);
          expect(publisher.published).toHaveLength(plan.filter(({ end }) => end === 'dead-letter').length);
        },
      ),
    );
  });
});
