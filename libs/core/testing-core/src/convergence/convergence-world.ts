import type fc from 'fast-check';
import { type AttemptRows, type ScoreBook, type StorageLayout } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';
import { CellwiseAttemptRows, CellwiseTables } from '../scoring/cellwise/cellwise-attempt-rows';
import { type CellwiseLearners, CellwiseScoreBook } from '../scoring/cellwise/cellwise-score-book';
import { type ConsumerPlan } from './consumers.arbitrary';
import { InterleavedProcess, type Kill, Killed } from './interleaved-process';
import { AFTER_ALL_MS } from './submissions.arbitrary';

const MOST_DELIVERIES = 100;

/** The servers as one process reaches them. */
export interface ProcessPorts {
  readonly book: ScoreBook;
  readonly rows: AttemptRows;
  readonly nowMs: () => number;
  /** Any other port, reached in the same way. */
  readonly reach: <T extends object>(port: T) => T;
}

/** Handles the submissions with these indexes as one micro-batch. */
export type MicroBatchWork = (indexes: readonly number[]) => Promise<void>;

/** Tables that several processes share, each of whose requests the scheduler lets through when it likes. */
export class ConvergenceWorld {
  /** Seen from outside, without a scheduler in between. */
  readonly rows: CellwiseAttemptRows;
  readonly book: CellwiseScoreBook;
  private readonly tables = new CellwiseTables();
  private readonly learners: CellwiseLearners = new Map();
  private looks = 0;

  constructor(
    readonly layout: StorageLayout,
    private readonly scheduler: fc.Scheduler,
  ) {
    this.rows = new CellwiseAttemptRows(layout, this.tables);
    this.book = new CellwiseScoreBook(this.learners);
  }

  /** Lets everything happen in the scheduler's order. */
  async run(lives: readonly Promise<void>[]): Promise<void> {
    await this.scheduler.waitFor(Promise.all(lives));
  }

  /**
   * Delivers every micro-batch again and again until it was handled to its end. After a death the next process begins
   * when all that the dead one had sent has arrived.
   *
   * @param start what a new process does with a micro-batch
   */
  async consume(plan: ConsumerPlan, start: (ports: ProcessPorts) => MicroBatchWork): Promise<void> {
    const kills = [...plan.kills];
    let process = this.process(plan.clockAheadMs, kills.shift());
    let work = start(process.ports);
    for (const indexes of plan.microBatches) {
      for (let delivery = 1; !(await isHandled(() => work(indexes))); delivery += 1) {
        if (delivery === MOST_DELIVERIES) throw new Error('a micro-batch is never handled');
        if (!process.isDead()) continue;
        await process.end();
        process = this.process(plan.clockAheadMs, kills.shift());
        work = start(process.ports);
      }
    }
  }

  /** Time goes on with each look at any clock. */
  private elapsedMs(): number {
    this.looks += 1;
    return this.looks;
  }

  private process(clockAheadMs: number, kill?: Kill) {
    const process = new InterleavedProcess(this.scheduler, kill);
    const nowMs = (): number => AFTER_ALL_MS + clockAheadMs + this.elapsedMs();
    const ports: ProcessPorts = {
      book: process.reach(new CellwiseScoreBook(this.learners)),
      rows: process.reach(new CellwiseAttemptRows(this.layout, this.tables, process.between)),
      nowMs,
      reach: (port) => process.reach(port),
    };
    return { ports, isDead: () => process.isDead, end: () => process.end() };
  }
}

/** False after a death, or an error after which a consumer tries again. */
async function isHandled(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Killed || (error instanceof AppError && error.retryable)) return false;
    throw error;
  }
}
