import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';
import { exhaustRequestMessage } from '@scorekeep/core/contract-events';
import { RequestsStage, until } from '../requests-stage.fixture';
import { RequestTopicController } from './request-topic.controller';
import { RequestWorker } from './request-worker';

const recordOf = (value: string): ConsumedRecord => ({
  ...{ topic: 't', partition: 0, offset: '0', timestampMs: 0, key: null, headers: {}, mayHaveBegun: false },
  value: Buffer.from(value),
});

describe('RequestWorker', () => {
  let stage: RequestsStage;
  let worker: RequestWorker;

  beforeEach(() => {
    stage = new RequestsStage();
    worker = new RequestWorker(stage.process, stage.places, stage.monitor, stage.options);
  });
  afterEach(() => worker.stop());

  const isDone = async (requestId: string) =>
    (await stage.stored({ tag: 'do_course_batch-1:channel-1', requestId })).state === 'SUCCESS';

  it('begins when it is told, whatever else it is told', async () => {
    const request = await stage.submit();
    const controller = new RequestTopicController(worker);
    const outcomes = controller.onBatch(['no JSON', exhaustRequestMessage(request)].map(recordOf));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['skip', 'done']);
    await until(() => isDone('A1B2'));
  });

  it('comes back to what it had no time for, one at a time', async () => {
    for (const requestId of ['A1', 'A2', 'A3']) worker.offer(await stage.submit({ requestId }));
    expect(worker.busy).toBe(1);
    await until(async () => (await isDone('A1')) && (await isDone('A2')) && isDone('A3'));
  });

  it('finds what nobody told it of, and what a dead worker left', async () => {
    await stage.submit({ requestId: 'A1' });
    const dead = { state: 'PROCESSING', owner: 'dead', leaseExpiresOnMs: stage.nowMs - 1, tries: 1, run: 1 } as const;
    await stage.submit({ requestId: 'A2', ...dead });
    await stage.submit({ requestId: 'A3', ...dead, leaseExpiresOnMs: stage.nowMs + 60_000 });
    worker.start();
    await until(async () => (await isDone('A1')) && isDone('A2'));
    expect(await stage.stored({ tag: 'do_course_batch-1:channel-1', requestId: 'A3' })).toMatchObject({
      owner: 'dead',
    });
  });

  it('begins nothing after it was stopped', async () => {
    const request = await stage.submit();
    worker.start();
    await worker.stop();
    worker.offer(request);
    expect(worker.busy).toBe(0);
  });
});
