import { setTimeout as delay } from 'node:timers/promises';
import { HttpConnection } from './http-connection';
import { percentile } from './percentile';

export interface Load {
  readonly port: number;
  /** Whole requests; sent in turn, from the start again after the last. */
  readonly requests: readonly Buffer[];
  readonly requestsPerSecond: number;
  readonly durationMs: number;
  /** Requests that find none free wait here, and the wait counts. */
  readonly connections: number;
  readonly signal: AbortSignal;
}

/** Of the requests that were answered with 2xx, ms from when they were due to the end of the answer. */
export interface Latencies {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoadResult extends Latencies {
  readonly offered: number;
  /** Answers by status; 0: the connection broke, or no answer within the drain time. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Of answers with 2xx, per second of the load's duration. */
  readonly acceptedPerSecond: number;
}

const TICK_MS = 1;
/** After the last request was due. */
const DRAIN_MS = 15_000;

/**
 * Requests at a constant rate, whether or not earlier ones were answered, each timed from the moment at which it was
 * due: a server that stands still is charged for everything that came meanwhile.
 */
export async function applyLoad(load: Load): Promise<LoadResult> {
  const run = new LoadRun(load);
  return run.execute();
}

class LoadRun {
  private readonly free: HttpConnection[] = [];
  /** Due, and without a connection: when each was due. */
  private readonly backlog: number[] = [];
  private readonly latenciesMs: number[] = [];
  private readonly statuses = new Map<number, number>();
  private readonly connections: HttpConnection[] = [];
  private sent = 0;
  private underWay = 0;

  constructor(private readonly load: Load) {}

  async execute(): Promise<LoadResult> {
    for (let index = 0; index < this.load.connections; index += 1) await this.connect();
    const { requestsPerSecond, durationMs } = this.load;
    const total = Math.round((requestsPerSecond * durationMs) / 1000);
    const startMs = performance.now();
    const dueMs = (index: number): number => startMs + (index * 1000) / requestsPerSecond;
    for (let next = 0; next < total; await delay(TICK_MS)) {
      this.load.signal.throwIfAborted();
      const nowMs = performance.now();
      for (; next < total && dueMs(next) <= nowMs; next += 1) this.due(dueMs(next));
    }
    await this.drain();
    for (const connection of this.connections) connection.close();
    return this.result(total);
  }

  private due(dueMs: number): void {
    const connection = this.free.pop();
    if (connection) this.send(connection, dueMs);
    else this.backlog.push(dueMs);
  }

  private send(connection: HttpConnection, dueMs: number): void {
    const { requests } = this.load;
    const request = requests[this.sent % requests.length];
    if (!request) throw new Error('a load needs requests');
    this.sent += 1;
    this.underWay += 1;
    connection.send(request, (status) => this.answered(connection, dueMs, status));
  }

  private answered(connection: HttpConnection, dueMs: number, status: number): void {
    this.underWay -= 1;
    this.count(status);
    if (status >= 200 && status < 300) this.latenciesMs.push(performance.now() - dueMs);
    if (!connection.isOpen) {
      void this.connect().catch(() => undefined);
      return;
    }
    this.next(connection);
  }

  private next(connection: HttpConnection): void {
    const dueMs = this.backlog.shift();
    if (dueMs === undefined) this.free.push(connection);
    else this.send(connection, dueMs);
  }

  private async connect(): Promise<void> {
    const connection = await HttpConnection.open(this.load.port);
    this.connections.push(connection);
    this.next(connection);
  }

  private async drain(): Promise<void> {
    const untilMs = performance.now() + DRAIN_MS;
    while (this.underWay + this.backlog.length > 0 && performance.now() < untilMs) await delay(TICK_MS);
    for (let lost = this.underWay + this.backlog.length; lost > 0; lost -= 1) this.count(0);
  }

  private count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  private result(offered: number): LoadResult {
    const sorted = this.latenciesMs.sort((left, right) => left - right);
    return {
      offered,
      statuses: new Map(this.statuses),
      acceptedPerSecond: (sorted.length * 1000) / this.load.durationMs,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      maxMs: sorted.at(-1) ?? NaN,
    };
  }
}
