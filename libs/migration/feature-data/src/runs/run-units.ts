import { setTimeout as sleep } from 'node:timers/promises';
import {
  leaseLost,
  type LedgerRun,
  migrationErrorCodes,
  migrationHeld,
  type MigrationLedger,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** A piece of a migration that can be done again from its start. */
export interface Unit {
  /** Unique in its migration, and the same in every process. */
  readonly name: string;
  /** @returns what was counted; recorded when the unit is done */
  readonly work: (signal: AbortSignal) => Promise<UnitCounts>;
}

/** Units that may be done at the same time, `parallel` of them at once. */
export interface Stage {
  readonly units: readonly Unit[];
  readonly parallel: number;
}

export interface FailedUnit {
  readonly unit: string;
  readonly error: string;
}

export interface RunResult {
  /** Of all units of the run, those of earlier processes included. */
  readonly counts: UnitCounts;
  readonly failed: readonly FailedUnit[];
}

export interface RunOptions {
  readonly migration: string;
  readonly owner: string;
  readonly signal: AbortSignal;
  /** Told once, before the first unit. */
  readonly onBegun: (finished: ReadonlySet<string>) => void;
  /** Told of every unit that is done, also by earlier processes. */
  readonly onDone: (unit: string) => void;
  /** How often the lease is renewed. */
  readonly renewEveryMs: number;
}

const MOST_TRIES = 4;
const PAUSE_MS = 1_000;

/** Works on units under the lease of their migration, and goes on where an earlier process stopped. */
export class RunUnits {
  private readonly failed: FailedUnit[] = [];
  private readonly counts: Record<string, number> = {};

  constructor(
    private readonly ledger: MigrationLedger,
    private readonly options: RunOptions,
    private readonly pause: (ms: number) => Promise<unknown> = sleep,
  ) {}

  /**
   * A unit that fails does not stop the others; run again, only what failed is done.
   *
   * @param stages the next one begins when all of the one before has ended
   * @throws MIGRATION.HELD, MIGRATION.LEASE_LOST, the signal's reason, CASSANDRA.*
   */
  async execute(stages: readonly Stage[]): Promise<RunResult> {
    const { migration, owner, onBegun, onDone } = this.options;
    const begun = await this.ledger.begin(migration, owner);
    if (begun.kind === 'held') throw migrationHeld(migration, begun.by);
    const { run, finished } = begun;
    const lease = new AbortController();
    const timer = setInterval(() => void this.renew(run, lease), this.options.renewEveryMs);
    try {
      onBegun(new Set(finished.keys()));
      for (const { units, parallel } of stages) {
        for (const { name } of units.filter((unit) => finished.has(unit.name))) {
          this.add(finished.get(name) ?? {});
          onDone(name);
        }
        const left = units.filter((unit) => !finished.has(unit.name));
        await this.each({ units: left, parallel }, run, lease.signal);
      }
      await this.ledger.end(run, this.failed.length === 0);
    } catch (error) {
      // a lease that cannot be given back runs out by itself
      await this.ledger.end(run, false).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(timer);
    }
    return { counts: this.counts, failed: this.failed };
  }

  private async each({ units, parallel }: Stage, run: LedgerRun, lease: AbortSignal): Promise<void> {
    const waiting = [...units];
    const signal = AbortSignal.any([this.options.signal, lease]);
    const worker = async (): Promise<void> => {
      for (let unit = waiting.shift(); unit; unit = waiting.shift()) await this.one(unit, run, signal);
    };
    const ended = await Promise.allSettled(Array.from({ length: parallel }, () => worker()));
    const broken = ended.find((each) => each.status === 'rejected');
    if (broken) throw broken.reason;
  }

  private async one(unit: Unit, run: LedgerRun, signal: AbortSignal): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted();
      try {
        const counts = await unit.work(signal);
        await this.ledger.finish(run, unit.name, counts);
        this.add(counts);
        this.options.onDone(unit.name);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (isLeaseLost(error)) throw error;
        if (!isRetryable(error) || tries === MOST_TRIES) {
          this.failed.push({ unit: unit.name, error: messageOf(error) });
          return;
        }
        await this.pause(PAUSE_MS * tries);
      }
    }
  }

  private async renew(run: LedgerRun, lease: AbortController): Promise<void> {
    try {
      await this.ledger.renew(run);
    } catch (error) {
      // any other failure passes, or shows when the next unit is recorded
      if (isLeaseLost(error)) lease.abort(leaseLost(run.migration));
    }
  }

  private add(counts: UnitCounts): void {
    for (const [name, count] of Object.entries(counts)) this.counts[name] = (this.counts[name] ?? 0) + count;
  }
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof AppError && error.code === migrationErrorCodes.leaseLost;
}

function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.retryable;
}
