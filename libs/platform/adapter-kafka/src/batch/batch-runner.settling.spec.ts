import { type RecordBatchHandler } from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { fakePayload, messages } from '../testing/fake-payload';
import { allDone, deadLetter, done, outcomesInTurn, runnerAround } from '../testing/runner-around';
import { type BatchRunnerOptions } from './batch-runner';

function setUp(handler: RecordBatchHandler, options?: Partial<BatchRunnerOptions>) {
  const publisher = new RecordingPublisher();
  return { publisher, ...runnerAround(publisher, handler, options) };
}

describe('BatchRunner settling records', () => {
  describe('dead letters', () => {
    it('are acknowledged before the offset moves', async () => {
      const { runner, publisher, reports } = setUp(outcomesInTurn(['done', 'dead-letter', 'dead-letter']));
      const payload = fakePayload(messages(10, 11, 12));
      const publishedBeforeCommit: number[] = [];
      const commit = payload.commitOffsetsIfNecessary;
      payload.commitOffsetsIfNecessary = async (offsets) => {
        publishedBeforeCommit.push(publisher.published.length);
        await commit(offsets);
      };

      await runner.run(payload);

      expect(publishedBeforeCommit).toEqual([2]);
      expect(payload.commits()).toEqual(['13']);
      expect(publisher.publishedTo('in.failed').map(({ key }) => Buffer.from(key ?? []).toString())).toEqual([
        'key 11',
        'key 12',
      ]);
      expect(reports[0]?.outcomes).toEqual({ done: 1, skipped: 0, retried: 0, deadLettered: 2 });
    });

    it('cost their partition no further call of the handler, and no waiting', async () => {
      const offsets = Array.from({ length: 30 }, (_, index) => index);
      const poison = setUp(async (records) =>
        records.map((record) => (record.offset === '13' ? deadLetter(record) : done)),
      );
      const none = setUp(allDone);

      await poison.runner.run(fakePayload(messages(...offsets)));
      await none.runner.run(fakePayload(messages(...offsets)));

      expect(poison.handled).toEqual(none.handled);
      expect(poison.waits).toEqual([]);
      expect(poison.publisher.published).toHaveLength(1);
    });

    it('that cannot be published are sent again without being handled again', async () => {
      const { runner, publisher, handled, waits, logged } = setUp(outcomesInTurn(['done', 'dead-letter', 'done']));
      publisher.failNext(2);
      const payload = fakePayload(messages(10, 11, 12));

      await runner.run(payload);

      expect(handled).toEqual([['10', '11', '12']]);
      expect(waits).toEqual([500, 1_000]);
      expect(payload.commits()).toEqual(['11', '13']);
      expect(publisher.published).toHaveLength(1);
      expect(logged).toEqual(
        Array.from({ length: 2 }, () => 'warn: dead letters could not be published; the partition waits for them'),
      );
    });

    it('that will never be accepted call for someone to act, and the partition still waits', async () => {
      const { runner, publisher, logged, whileWaiting } = setUp(outcomesInTurn(['dead-letter']));
      publisher.failNext(9, new AppError('KAFKA.MESSAGE_TOO_LARGE', 'too large'));
      const payload = fakePayload(messages(10));
      whileWaiting.push(() => payload.end('stopped'));

      await runner.run(payload);

      expect(logged[0]).toMatch(/^error: dead letters could not be published/);
      expect(payload.commits()).toEqual([]);
    });
  });

  describe('when the partition is lost', () => {
    it('begins nothing more after a heartbeat failed, and passes the error on', async () => {
      const { runner, handled } = setUp(allDone);
      const payload = fakePayload(messages(1, 2));
      const rebalancing = new Error('rebalancing');
      payload.loseWith(rebalancing);

      await expect(runner.run(payload)).rejects.toBe(rebalancing);

      expect(handled).toEqual([]);
      expect(payload.commits()).toEqual([]);
    });

    it('commits what a handler finished meanwhile, publishes nothing, and passes the error on', async () => {
      const payload = fakePayload(messages(1, 2, 3, 4));
      const rebalancing = new Error('rebalancing');
      const { runner, publisher, handled } = setUp(
        async (records) => {
          payload.loseWith(rebalancing);
          const before = payload.calls.length;
          while (payload.calls.length === before) await new Promise((resolve) => setImmediate(resolve));
          return records.map((record, index) => (index === 1 ? deadLetter(record) : done));
        },
        { heartbeatEveryMs: 1 },
      );

      await expect(runner.run(payload)).rejects.toBe(rebalancing);

      expect(handled).toEqual([['1', '2', '3']]);
      expect(payload.commits()).toEqual(['2']);
      expect(publisher.published).toEqual([]);
    });

    it.each(['stopped', 'stale'] as const)('ends quietly while waiting when the consumer is %s', async (how) => {
      const { runner, whileWaiting, handled } = setUp(outcomesInTurn(['done', 'retry', 'done']));
      const payload = fakePayload(messages(1, 2, 3, 4));
      whileWaiting.push(() => payload.end(how));

      await runner.run(payload);

      expect(handled).toEqual([['1', '2', '3']]);
      expect(payload.commits()).toEqual(['2']);
    });

    it('commits nothing once partitions were assigned anew', async () => {
      const { runner, positions, reports } = setUp(async (records) => {
        runner.reassigned();
        return records.map(() => done);
      });
      const payload = fakePayload(messages(1, 2, 3, 4));

      await runner.run(payload);

      expect(payload.commits()).toEqual([]);
      expect(payload.calls).not.toContain('resolve 3');
      expect(positions.outstanding()).toEqual([]);
      expect(reports).toEqual([]);
    });
  });

  it('passes a failed commit on; the position stays to be committed', async () => {
    const { runner, positions } = setUp(allDone);
    const payload = fakePayload(messages(1, 2, 3, 4));
    payload.failCommitWith(new Error('coordinator is away'));

    await expect(runner.run(payload)).rejects.toThrow('coordinator is away');

    expect(payload.calls).toContain('resolve 3');
    expect(positions.outstanding()).toEqual([{ topic: 'in', partition: 3, offset: '4' }]);
  });
});
