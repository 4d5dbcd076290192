import fc from 'fast-check';
import { RequestGate } from './request-gate';

/** Work that ends when it is told to. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end };
}

/** What has been decided so far. */
async function outcomes(runs: readonly Promise<unknown>[]): Promise<string[]> {
  const pending = Symbol();
  return Promise.all(
    runs.map(async (run) => {
      const first = await Promise.race([
        run.then(
          () => 'done',
          (error: { code: string }) => error.code,
        ),
        settled(pending),
      ]);
      return first === pending ? 'pending' : String(first);
    }),
  );
}

/** A few turns later than whatever was decided already. */
async function settled<T>(value: T): Promise<T> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  return value;
}

const saturated = { code: 'HTTP.SATURATED', retryable: true };

describe('RequestGate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is full when those who are looked at would take the last places, until they are refused or let in', async () => {
    const gate = new RequestGate({ maxConcurrent: 1, maxWaiting: 1, maxWaitMs: 100 });
    const [working, looked] = [held(), held()];
    const run = gate.run(working.work);
    expect(gate.isFull).toBe(false);
    const arrival = gate.whileArriving(looked.work);
    expect(gate.isFull).toBe(true);
    looked.end();
    await arrival;
    expect(gate.isFull).toBe(false);
    await expect(gate.whileArriving(() => Promise.reject(new Error('who are you?')))).rejects.toThrow('who are you?');
    expect(gate.isFull).toBe(false);
    working.end();
    await run;
  });

  it('lets so many in, so many wait in order, and refuses the rest at once', async () => {
    const gate = new RequestGate({ maxConcurrent: 1, maxWaiting: 2, maxWaitMs: 100 });
    const [first, second, third] = [held(), held(), held()];
    const runs = [first, second, third].map(({ work }) => gate.run(work));
    expect({ inside: gate.inside, outside: gate.outside, isFull: gate.isFull }).toEqual({
      inside: 1,
      outside: 2,
      isFull: true,
    });
    await expect(gate.run(held().work)).rejects.toMatchObject(saturated);
    first.end();
    expect(await outcomes(runs)).toEqual(['done', 'pending', 'pending']);
    expect({ inside: gate.inside, outside: gate.outside, isFull: gate.isFull }).toEqual({
      inside: 1,
      outside: 1,
      isFull: false,
    });
    third.end();
    expect(await outcomes(runs)).toEqual(['done', 'pending', 'pending']);
    second.end();
    await Promise.all(runs);
    expect([gate.inside, gate.outside]).toEqual([0, 0]);
  });

  it('refuses whoever has waited too long, and keeps the others’ turns', async () => {
    const gate = new RequestGate({ maxConcurrent: 1, maxWaiting: 2, maxWaitMs: 100 });
    const [first, late, last] = [held(), held(), held()];
    const runs = [gate.run(first.work), gate.run(late.work)];
    jest.advanceTimersByTime(60);
    runs.push(gate.run(last.work));
    jest.advanceTimersByTime(40);
    expect(await outcomes(runs)).toEqual(['pending', 'HTTP.SATURATED', 'pending']);
    first.end();
    await settled(undefined);
    jest.advanceTimersByTime(1_000);
    last.end();
    expect(await outcomes(runs)).toEqual(['done', 'HTTP.SATURATED', 'done']);
  });

  it('gives the place back when work fails', async () => {
    const gate = new RequestGate({ maxConcurrent: 1, maxWaiting: 0, maxWaitMs: 100 });
    await expect(gate.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(gate.inside).toBe(0);
  });

  it('tells refused callers to come back at different times', async () => {
    const gate = new RequestGate({ maxConcurrent: 1, maxWaiting: 0, maxWaitMs: 0 });
    void gate.run(held().work);
    const waits = new Set<unknown>();
    for (let call = 0; call < 200; call += 1) {
      await gate
        .run(held().work)
        .catch((error: { context: { retryAfterS: number } }) => waits.add(error.context.retryAfterS));
    }
    expect([...waits].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('never has more inside or outside than it may, and in the end nobody', async () => {
    const limits = fc.record({
      maxConcurrent: fc.integer({ min: 1, max: 4 }),
      maxWaiting: fc.nat(4),
      maxWaitMs: fc.constant(10),
    });
    const steps = fc.array(fc.oneof(fc.constant('come'), fc.constant('end'), fc.constant('wait')), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(limits, steps, async (bounds, moves) => {
        const gate = new RequestGate(bounds);
        const started: (() => void)[] = [];
        const runs: Promise<unknown>[] = [];
        const come = () =>
          gate.run(() => {
            const { work, end } = held();
            started.push(end);
            return work();
          });
        for (const move of moves) {
          if (move === 'come') runs.push(come().catch(() => undefined));
          else if (move === 'end') started.shift()?.();
          else jest.advanceTimersByTime(6);
          await settled(undefined);
          expect(gate.inside).toBeLessThanOrEqual(bounds.maxConcurrent);
          expect(gate.outside).toBeLessThanOrEqual(bounds.maxWaiting);
          expect(started.length).toBe(gate.inside);
        }
        while (gate.inside + gate.outside > 0) {
          started.shift()?.();
          await settled(undefined);
        }
        await Promise.all(runs);
      }),
      { numRuns: 50 },
    );
  });
});
