import { type BatchReport } from '@scorekeep/platform/adapter-kafka';
import { createLogger } from '@scorekeep/platform/util-logging';
import { ProgressLog } from './progress-log';

const report = (outcomes: BatchReport['outcomes']): BatchReport => ({
  ...{ topic: 't', partition: 0, firstOffset: '0', lastOffset: '9', records: 10, durationMs: 5, lag: 0 },
  outcomes,
});

function setUp() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const clock = { nowMs: 0 };
  const logger = createLogger({ name: 'ingest', destination });
  return {
    lines,
    clock,
    log: new ProgressLog(
      logger,
      () => 1,
      () => clock.nowMs,
    ),
  };
}

describe('ProgressLog', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('writes a line per interval with what has come since the last one', () => {
    const { lines, clock, log } = setUp();
    log.start(60_000);
    log.onBatch(report({ done: 600, skipped: 20, retried: 7, deadLettered: 10 }));
    log.onBatch(report({ done: 0, skipped: 0, retried: 3, deadLettered: 0 }));
    log.onLag(
      new Map([
        [0, 40],
        [2, 2],
      ]),
    );
    clock.nowMs = 60_000;
    jest.advanceTimersByTime(60_000);
    clock.nowMs = 120_000;
    jest.advanceTimersByTime(60_000);
    const common = { level: 'info', message: 'ingested', seconds: 60, lag: 42, waitingPartitions: 1 };
    expect(lines).toEqual([
      expect.objectContaining({ ...common, done: 600, skipped: 20, retried: 10, deadLettered: 10, perSecond: 10.5 }),
      expect.objectContaining({ ...common, done: 0, skipped: 0, retried: 0, deadLettered: 0, perSecond: 0 }),
    ]);
  });

  it('writes the rest when it stops, and nothing afterwards', () => {
    const { lines, clock, log } = setUp();
    log.start(60_000);
    log.onBatch(report({ done: 5, skipped: 0, retried: 0, deadLettered: 0 }));
    clock.nowMs = 10_000;
    log.stop();
    log.stop();
    jest.advanceTimersByTime(600_000);
    expect(lines).toEqual([expect.objectContaining({ done: 5, seconds: 10, perSecond: 0.5 })]);
  });

  it('writes nothing when it is told never to', () => {
    const { lines, log } = setUp();
    log.start(0);
    jest.advanceTimersByTime(600_000);
    log.stop();
    expect(lines).toEqual([]);
  });
});
