import { createLogger } from '@scorekeep/platform/util-logging';
import { LagWatch, lagsOf, type PartitionLags, type TopicOffsets } from './lag-watch';

const offsets = (entries: Record<number, number>) =>
  new Map(Object.entries(entries).map(([partition, offset]) => [Number(partition), BigInt(offset)]));

it.each([
  { name: 'a part is committed', low: 0, committed: { 0: 40 }, lag: 60 },
  { name: 'nothing is committed', low: 0, committed: {}, lag: 100 },
  { name: 'retention has removed the beginning', low: 30, committed: {}, lag: 70 },
  { name: 'retention has removed more than was committed', low: 30, committed: { 0: 10 }, lag: 70 },
  { name: 'everything is committed', low: 0, committed: { 0: 100 }, lag: 0 },
  { name: 'the topic was made anew', low: 0, committed: { 0: 500 }, lag: 0 },
])('when $name, $lag of 100 are left', ({ low, committed, lag }) => {
  expect([...lagsOf(offsets({ 0: 100 }), offsets({ 0: low }), offsets(committed as Record<number, number>))]).toEqual([
    [0, lag],
  ]);
});

describe('LagWatch', () => {
  const lines: string[] = [];
  const logger = createLogger({ name: 'tested', destination: { write: (line: string) => void lines.push(line) } });

  function watching(topic: TopicOffsets) {
    const told: PartitionLags[] = [];
    const assigned = () => [0, 2];
    const parts = {
      offsets: topic,
      topic: 't',
      groupId: 'g',
      assigned,
      logger,
      onLag: (lags: PartitionLags) => void told.push(lags),
    };
    return { told, watch: new LagWatch(parts) };
  }

  it('tells of the partitions that are assigned', async () => {
    const { told, watch } = watching({
      highWatermarks: async () => offsets({ 0: 10, 1: 20, 2: 30 }),
      lowWatermarks: async () => offsets({ 0: 0, 1: 0, 2: 0 }),
      committed: async () => offsets({ 0: 4 }),
    });
    await Promise.all([watch.refresh(), watch.refresh()]);
    expect(told.map((lags) => [...lags])).toEqual([
      [
        [0, 6],
        [2, 30],
      ],
    ]);
  });

  it('survives brokers that are away, without a word above DEBUG', async () => {
    const away = () => Promise.reject(new Error('away'));
    const { told, watch } = watching({ highWatermarks: away, lowWatermarks: away, committed: away });
    await watch.refresh();
    watch.stop();
    expect(told).toEqual([]);
    expect(lines).toEqual([]);
  });
});
