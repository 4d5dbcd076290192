import { type ArchivalTask, archivalTaskMessage, parseArchivalTask } from '@scorekeep/core/contract-events';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { InMemoryArchiveStorage, RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { createLogger } from '@scorekeep/platform/util-logging';
import { archiveFeature, testOptions } from '../archive-feature.fixture';
import { TableRows } from '../table-rows.fixture';
import { ArchivalMonitor, type StateReport, type WeekReport } from './archival-monitor.port';
import { ArchivalTaskHandler } from './archival-task.handler';
import { PlanTasks } from './plan-tasks.use-case';
import { RunWeekTask } from './run-week-task.use-case';

const dayMs = 24 * 3600 * 1000;
const done: RecordOutcome = { kind: 'done' };
const down = (): AppError => new AppError('STORAGE.UNAVAILABLE', 'no answer', { retryable: true });

class RememberingMonitor extends ArchivalMonitor {
  readonly weeks: string[] = [];
  readonly plans: StateReport[] = [];

  override onWeek({ action, outcome, rows }: WeekReport): void {
    this.weeks.push(`${action} ${outcome} ${rows}`);
  }
  override onPlan(report: StateReport): void {
    this.plans.push(report);
  }
}

const recordOf = (value: string | null): ConsumedRecord => ({
  ...{ topic: 'test.archival.task', partition: 0, offset: '7', timestampMs: 1, key: null, headers: {} },
  value: value === null ? null : new TextEncoder().encode(value),
  mayHaveBegun: false,
});
const plan = (taskId: string): ConsumedRecord =>
  recordOf(archivalTaskMessage({ kind: 'plan', taskId, plannedOnMs: 1 }));

describe('ArchivalTaskHandler', () => {
  let nowMs: number;
  let table: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let publisher: RecordingPublisher;
  let monitor: RememberingMonitor;
  let stopping: AbortController;
  let taken: number;
  let handler: ArchivalTaskHandler;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    table = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    publisher = new RecordingPublisher();
    taken = 0;
    monitor = new RememberingMonitor();
    stopping = new AbortController();
    const options = { ...testOptions(archiveOrder, () => (nowMs += 1)), deleteAfterMs: 0 };
    const ports = { streams: new InMemoryByteStreams(), book: new InMemoryScoreBook(), rows: new TableRows(table) };
    feature = archiveFeature({ attempts: table, ledger, storage, order: archiveOrder, ...ports }, options);
    const task = { topicPrefix: 'test', signal: stopping.signal, graceMs: options.graceMs, nowMs: options.nowMs };
    handler = new ArchivalTaskHandler(
      new PlanTasks(feature.planArchive, feature.records, publisher, monitor, task),
      new RunWeekTask(feature.archiveWeek, feature.deleteWeek, feature.removeReplaced, monitor, task),
      task,
      createLogger({ name: 'test', level: 'silent', destination: 'stderr' }),
    );
  });

  /** The tasks that were asked for since the last call. */
  function asked(): ConsumedRecord[] {
    const news = publisher.published.slice(taken);
    taken += news.length;
    return news.map(({ value }) => recordOf(Buffer.from(value ?? []).toString()));
  }
  const insert = (...users: string[]): void => users.forEach((user) => table.insert(aWrittenAttempt(user)));
  const state = async (): Promise<string> => {
    const record = await ledger.find(archivedWeek);
    return `${record?.archival} ${record?.deletion}`;
  };

  it('plans once for all instances, a task a week, and does them', async () => {
    insert('a', 'b');
    table.insert(aWrittenAttempt('c', { batchId: 'batch-2' }));
    expect(await handler.handle([plan('tick 1'), plan('tick 1')])).toEqual([
      done,
      { kind: 'skip', reason: 'planned already' },
    ]);
    const tasks = asked();
    expect(tasks.map(({ value }) => parseArchivalTask(value))).toMatchObject([
      { kind: 'week', batchId: 'batch-1', collectionId: 'do_course', isoYear: 2021, isoWeek: 5, archive: true },
      { kind: 'week', batchId: 'batch-2', archive: true },
    ]);
    expect(await handler.handle(tasks)).toEqual([done, done]);
    expect(await state()).toBe('SUCCESS SUCCESS');
    expect(monitor.weeks).toEqual(['archive archived 2', 'delete deleted 2', 'archive archived 1', 'delete deleted 1']);
    expect(await handler.handle([plan('tick 2')])).toEqual([done]);
    expect(asked()).toEqual([]);
    expect(monitor.plans.map(({ plannedWeeks, weeks }) => [plannedWeeks, ...weeks])).toEqual([
      [2],
      [0, ['SUCCESS SUCCESS', 2]],
    ]);
  });

  it('does nothing again that somebody did before', async () => {
    insert('a');
    await handler.handle([plan('tick')]);
    const tasks = asked();
    await handler.handle(tasks);
    const manifests = await feature.reader.manifests('batch-1');
    expect(await handler.handle(tasks)).toEqual([done]);
    expect(monitor.weeks.slice(2)).toEqual(['archive unchanged 0', 'delete already-deleted 0']);
    expect(await feature.reader.manifests('batch-1')).toEqual(manifests);
  });

  it('asks to delete what was archived by command', async () => {
    insert('a');
    await feature.archiveWeek.execute(archivedWeek, { request: 'archive' });
    await handler.handle([plan('tick')]);
    const tasks = asked();
    expect(tasks.map(({ value }) => parseArchivalTask(value))).toMatchObject([{ kind: 'week', archive: false }]);
    expect(await handler.handle(tasks)).toEqual([done]);
    expect(await state()).toBe('SUCCESS SUCCESS');
  });

  it('waits for the week that another instance works on', async () => {
    insert('a');
    await handler.handle([plan('tick')]);
    await feature.archiveWeek.execute(archivedWeek, { request: 'archive' });
    const record = await ledger.find(archivedWeek);
    if (!record) throw new Error('not recorded');
    const leased = { ...record, archival: 'RUNNING' as const, owner: 'other', leaseExpiresOnMs: nowMs + 10_000 };
    await ledger.save({ ...leased, version: record.version + 1 }, record.version);
    const tasks = asked();
    expect(await handler.handle(tasks)).toMatchObject([{ kind: 'retry' }]);
    nowMs += 20_000;
    expect(await handler.handle(tasks)).toEqual([done]);
    expect(await state()).toBe('SUCCESS SUCCESS');
  });

  it('tries again while servers fail, a few times; then the week stays FAILED and the next one goes on', async () => {
    insert('a');
    await handler.handle([plan('tick')]);
    const tasks = asked();
    const put = storage.put.bind(storage);
    storage.put = async () => Promise.reject(down());
    for (let round = 0; round < 4; round += 1) expect(await handler.handle(tasks)).toMatchObject([{ kind: 'retry' }]);
    expect(await handler.handle(tasks)).toEqual([done]);
    expect(await state()).toBe('FAILED PENDING');
    storage.put = put;
    await handler.handle([plan('the next day')]);
    expect(await handler.handle(asked())).toEqual([done]);
    expect(await state()).toBe('SUCCESS SUCCESS');
  });

  it('does not try again what no retry can help', async () => {
    insert('a');
    await handler.handle([plan('tick')]);
    storage.put = async () => Promise.reject(new AppError('STORAGE.REFUSED', 'no permission'));
    expect(await handler.handle(asked())).toEqual([done]);
    expect(await ledger.find(archivedWeek)).toMatchObject({ archival: 'FAILED', error: 'no permission' });
  });

  it('gives its week back when it is to stop, for whoever gets the task then', async () => {
    insert('a', 'b');
    await handler.handle([plan('tick')]);
    const tasks = asked();
    const put = storage.put.bind(storage);
    storage.put = async (key, body, options) => {
      stopping.abort(new AppError('CLI.INTERRUPTED', 'interrupted by SIGTERM'));
      return put(key, body, options);
    };
    expect(await handler.handle([...tasks, plan('tick 2')])).toMatchObject([{ kind: 'retry' }, { kind: 'retry' }]);
    expect(await ledger.find(archivedWeek)).toMatchObject({ archival: 'PENDING', owner: null, error: null });
  });

  it.each([null, 'x', JSON.stringify({ kind: 'week' } satisfies Partial<ArchivalTask>)])('skips %j', async (value) => {
    expect(await handler.handle([recordOf(value)])).toEqual([{ kind: 'skip', reason: 'no task' }]);
  });

  it('plans again what could not be planned', async () => {
    insert('a');
    publisher.failNext(1);
    expect(await handler.handle([plan('tick')])).toMatchObject([{ kind: 'retry' }]);
    expect(await handler.handle([plan('tick')])).toEqual([done]);
    expect(asked()).toHaveLength(1);
  });
});
