import {
  type ConsumedRecord,
  type MessagePublisher,
  type RecordBatchHandler,
  type RecordOutcome,
} from '@scorekeep/platform/domain-messaging';
import { type BatchReport, BatchRunner, type BatchRunnerOptions } from '../batch/batch-runner';
import { ConsumerPositions } from '../consumer/consumer-positions';

export const done: RecordOutcome = { kind: 'done' };
export const retry: RecordOutcome = { kind: 'retry', cause: new Error('database is away') };

export const deadLetter = (record: ConsumedRecord): RecordOutcome => ({
  kind: 'dead-letter',
  reason: 'not JSON',
  topic: 'in.failed',
  message: { key: record.key, value: record.value, headers: { reason: 'not JSON' } },
});

export const allDone: RecordBatchHandler = async (records) => records.map(() => done);

/** A runner around a handler, with micro-batches of three records, and everything that it did. It never really waits. */
export function runnerAround(
  publisher: MessagePublisher,
  handler: RecordBatchHandler,
  options: Partial<BatchRunnerOptions> = {},
) {
  const positions = new ConsumerPositions();
  /** Offsets, a list for each call of the handler. */
  const handled: string[][] = [];
  const reports: BatchReport[] = [];
  const logged: string[] = [];
  const waits: number[] = [];
  /** What happens during the first, second, … waiting time. */
  const whileWaiting: (() => void)[] = [];
  const runner = new BatchRunner(
    {
      microBatch: { maxRecords: 3, maxBytes: 1_000_000 },
      backOff: { startMs: 500, capMs: 4_000 },
      heartbeatEveryMs: 10_000,
      ...options,
    },
    {
      publisher,
      positions,
      handler: async (records) => {
        handled.push(records.map(({ offset }) => offset));
        return handler(records);
      },
      log: (level, text) => void logged.push(`${level}: ${text}`),
      onBatch: (report) => void reports.push(report),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        whileWaiting.shift()?.();
      },
    },
  );
  return { runner, positions, handled, reports, logged, waits, whileWaiting };
}

/** Gives the lists of outcomes one after the other, then everything is done. */
export function outcomesInTurn(...rounds: RecordOutcome['kind'][][]): RecordBatchHandler {
  return async (records) => {
    const round = rounds.shift();
    return records.map((record, index) => {
      const kind = round?.[index] ?? 'done';
      if (kind === 'retry') return retry;
      if (kind === 'dead-letter') return deadLetter(record);
      return kind === 'skip' ? { kind, reason: 'stale' } : done;
    });
  };
}
