import { inParallel } from './in-parallel';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

it('does every item and never more than the limit at once', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await tick();
    running--;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('draws an item only when there is room for it', async () => {
  let drawn = 0;
  let finished = 0;
  async function* source() {
    for (; drawn < 20; ) {
      yield drawn++;
      expect(drawn - finished).toBeLessThanOrEqual(2);
    }
  }
  await inParallel(source(), 2, async () => {
    await tick();
    finished++;
  });
  expect(finished).toBe(20);
});

it('throws the first failure after the running work has ended, and starts nothing more', async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    started.push(item);
    if (item === 2) throw new Error('two');
    await tick();
    await tick();
    ended.push(item);
  };
  await expect(inParallel([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('two');
  expect(ended).toContain(1);
  expect(started).not.toContain(6);
});

it('does nothing for nothing', async () => {
  await inParallel([], 4, () => Promise.reject(new Error('never')));
});
