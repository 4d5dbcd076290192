/** What was counted while a unit of work was done, by name. */
export type UnitCounts = Readonly<Record<string, number>>;

/** A run of a migration by one process, which holds its lease. */
export interface LedgerRun {
  /** What is migrated, with what was asked for: another request is another migration. */
  readonly migration: string;
  readonly run: string;
  readonly owner: string;
}

export type BegunRun =
  | {
      readonly kind: 'begun';
      readonly run: LedgerRun;
      /** Units that an earlier process of the same run has done, with their counts; empty of a new run. */
      readonly finished: ReadonlyMap<string, UnitCounts>;
    }
  | { readonly kind: 'held'; readonly by: string };

/**
 * Which units of a migration are done. Linearizable. The lease of a process that died runs out by itself; whoever lost it
 * can record nothing any more.
 */
export abstract class MigrationLedger {
  /** Takes the lease and goes on with the run that did not end, or begins a new one. @throws CASSANDRA.* */
  abstract begin(migration: string, owner: string): Promise<BegunRun>;

  /** Keeps the lease; to be called more often than it lasts. @throws MIGRATION.LEASE_LOST, CASSANDRA.* */
  abstract renew(run: LedgerRun): Promise<void>;

  /** Records a unit as done. @throws MIGRATION.LEASE_LOST, CASSANDRA.* */
  abstract finish(run: LedgerRun, unit: string, counts: UnitCounts): Promise<void>;

  /** Gives the lease back. A run that is `complete` has ended: the next `begin` starts a new one. */
  abstract end(run: LedgerRun, complete: boolean): Promise<void>;
}
