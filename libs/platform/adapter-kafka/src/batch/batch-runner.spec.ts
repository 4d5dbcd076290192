import { type ConsumedRecord, type RecordBatchHandler } from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { ConsumerPositions } from '../consumer/consumer-positions';
import { fakePayload, message, messages } from '../testing/fake-payload';
import { allDone, deadLetter, done, outcomesInTurn, retry, runnerAround } from '../testing/runner-around';
import { BatchRunner, type BatchRunnerOptions } from './batch-runner';

function setUp(handler: RecordBatchHandler, options?: Partial<BatchRunnerOptions>) {
  const publisher = new RecordingPublisher();
  return { publisher, ...runnerAround(publisher, handler, options) };
}

describe('BatchRunner', () => {
  it('gives the handler micro-batches in order and commits after each', async () => {
    const { runner, handled, reports } = setUp(allDone);
    const payload = fakePayload(messages(10, 11, 12, 13, 14));

    await runner.run(payload);

    expect(handled).toEqual([
      ['10', '11', '12'],
      ['13', '14'],
    ]);
    expect(payload.calls.filter((call) => call !== 'heartbeat')).toEqual([
      'resolve 12',
      'commit 13',
      'resolve 14',
      'commit 15',
    ]);
    expect(reports).toMatchObject([
      { topic: 'in', partition: 3, firstOffset: '10', lastOffset: '12', records: 3, lag: 87 },
      { topic: 'in', partition: 3, firstOffset: '13', lastOffset: '14', records: 2, lag: 85 },
    ]);
  });

  it('commits up to the end of what was fetched, markers and gaps after the last record included', async () => {
    const { runner, positions } = setUp(allDone);
    const payload = fakePayload(messages(1, 2), '7');

    await runner.run(payload);

    expect(payload.calls).toContain('resolve 2');
    expect(payload.commits()).toEqual(['8']);
    expect(positions.outstanding()).toEqual([]);
  });

  it('passes on records without value, key or headers', async () => {
    const seen: ConsumedRecord[] = [];
    const { runner } = setUp(async (records) => {
      seen.push(...records);
      return records.map(() => done);
    });

    await runner.run(fakePayload([message('5', { key: null, value: null })]));

    expect(seen).toEqual([
      {
        topic: 'in',
        partition: 3,
        offset: '5',
        timestampMs: 1_700_000_000_000,
        key: null,
        value: null,
        headers: {},
        mayHaveBegun: true,
      },
    ]);
  });

  it('has nothing to do for a batch without records', async () => {
    const { runner, handled } = setUp(async () => []);
    const payload = fakePayload([]);

    await runner.run(payload);

    expect(handled).toEqual([]);
    expect(payload.commits()).toEqual([]);
  });

  describe('when records have to be handled again', () => {
    it('handles only those again, and commits what is finished before the first of them', async () => {
      const { runner, handled, reports } = setUp(
        outcomesInTurn(['done', 'retry', 'done'], ['retry'], ['skip'], ['done']),
      );
      const payload = fakePayload(messages(10, 11, 12, 13));

      await runner.run(payload);

      expect(handled).toEqual([['10', '11', '12'], ['11'], ['11'], ['13']]);
      expect(payload.commits()).toEqual(['11', '13', '14']);
      expect(reports[0]?.outcomes).toEqual({ done: 2, skipped: 1, retried: 2, deadLettered: 0 });
    });

    it('commits nothing while the first record is not finished', async () => {
      const { runner, whileWaiting, handled } = setUp(outcomesInTurn(['retry', 'done', 'done'], ['retry']));
      const payload = fakePayload(messages(10, 11, 12));
      const seen: (readonly string[])[] = [];
      whileWaiting.push(
        () => seen.push(payload.commits()),
        () => seen.push(payload.commits()),
      );

      await runner.run(payload);

      expect(seen).toEqual([[], []]);
      expect(handled).toEqual([['10', '11', '12'], ['10'], ['10']]);
      expect(payload.commits()).toEqual(['13']);
    });

    it('waits longer each time, up to the cap, and says so', async () => {
      const { runner, waits, logged, whileWaiting } = setUp(
        outcomesInTurn(...Array.from({ length: 6 }, () => ['retry' as const])),
      );
      const seen: number[] = [];
      whileWaiting.push(() => seen.push(runner.retryingPartitions));

      await runner.run(fakePayload(messages(1)));

      expect(waits).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
      expect(logged).toEqual(Array.from({ length: 6 }, () => 'warn: the partition waits to handle records again'));
      expect(seen).toEqual([1]);
      expect(runner.retryingPartitions).toBe(0);
    });

    it('offers heartbeats while it waits', async () => {
      const { runner, waits } = setUp(outcomesInTurn(['retry']), { heartbeatEveryMs: 200 });
      const payload = fakePayload(messages(1));

      await runner.run(payload);

      expect(waits).toEqual([200, 200, 100]);
      expect(payload.calls.filter((call) => call === 'heartbeat')).toHaveLength(1 + waits.length);
    });

    it('handles everything again when the handler throws, and says that it is a defect', async () => {
      let calls = 0;
      const { runner, handled, logged } = setUp(async (records) => {
        calls += 1;
        if (calls === 1) throw new Error('bug');
        return records.map(() => done);
      });
      const payload = fakePayload(messages(1, 2));

      await runner.run(payload);

      expect(handled).toEqual([
        ['1', '2'],
        ['1', '2'],
      ]);
      expect(logged[0]).toMatch(/^error: a handler failed/);
      expect(payload.commits()).toEqual(['3']);
    });

    it('handles everything again when there are not as many outcomes as records', async () => {
      const answers = [[done], [done, done, done], [done, done]];
      const { runner, handled } = setUp(async () => answers.shift() ?? []);

      await runner.run(fakePayload(messages(1, 2)));

      expect(handled).toHaveLength(3);
    });
  });

  describe('stop', () => {
    it('lets the micro-batch in flight finish, its dead letters included, and begins no other', async () => {
      const { runner, publisher, handled } = setUp(async (records) => {
        runner.stop();
        return records.map((record, index) => (index === 1 ? deadLetter(record) : done));
      });
      const payload = fakePayload(messages(1, 2, 3, 4));

      await runner.run(payload);

      expect(handled).toEqual([['1', '2', '3']]);
      expect(publisher.published).toHaveLength(1);
      expect(payload.commits()).toEqual(['4']);
    });

    it('ends waiting at once', async () => {
      const payload = fakePayload(messages(1));
      const runner = new BatchRunner(
        {
          microBatch: { maxRecords: 1, maxBytes: 1 },
          backOff: { startMs: 3_600_000, capMs: 3_600_000 },
          heartbeatEveryMs: 3_600_000,
        },
        {
          handler: async () => [retry],
          publisher: new RecordingPublisher(),
          positions: new ConsumerPositions(),
          log: () => setImmediate(() => runner.stop()),
          onBatch: () => undefined,
        },
      );

      await runner.run(payload);

      expect(payload.commits()).toEqual([]);
    });
  });
});
