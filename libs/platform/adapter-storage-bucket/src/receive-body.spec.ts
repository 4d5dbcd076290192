import { PassThrough, Readable } from 'node:stream';
import { firstChunk, readAll } from '@scorekeep/platform/testing-platform';
import { receiveBody } from './receive-body';

const STALL_MS = 60_000;

describe('receiveBody', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('gives all bytes', async () => {
    const body = Readable.from([Buffer.from('so'), Buffer.from('me')]);
    expect(Buffer.from(await readAll(receiveBody({ key: 'a', bytes: 4, body }, STALL_MS))).toString()).toBe('some');
  });

  it.each([
    { what: 'ends', stop: (body: PassThrough) => void body.end() },
    { what: 'breaks', stop: (body: PassThrough) => void body.destroy(new Error('aborted')) },
    { what: 'stalls', stop: () => jest.advanceTimersByTime(STALL_MS) },
  ])('throws when the body $what before its length', async ({ stop }) => {
    const body = new PassThrough();
    const received = receiveBody({ key: 'a', bytes: 4, body }, STALL_MS);
    body.write('so');
    await expect(received.next()).resolves.toMatchObject({ value: Buffer.from('so') });
    const next = received.next();
    stop(body);
    await expect(next).rejects.toMatchObject({ code: 'STORAGE.TRUNCATED', context: { expected: 4, received: 2 } });
    expect(body.destroyed).toBe(true);
  });

  it('lets a reader take its time between chunks', async () => {
    const body = new PassThrough();
    const received = receiveBody({ key: 'a', bytes: 4, body }, STALL_MS);
    body.write('so');
    await received.next();
    jest.advanceTimersByTime(10 * STALL_MS);
    body.end('me');
    await expect(received.next()).resolves.toMatchObject({ value: Buffer.from('me') });
    await expect(received.next()).resolves.toMatchObject({ done: true });
  });

  it('closes the body when the reader stops', async () => {
    const body = new PassThrough();
    body.write('so');
    await firstChunk(receiveBody({ key: 'a', bytes: 4, body }, STALL_MS));
    expect(body.destroyed).toBe(true);
  });
});
