import {
  type BegunRun,
  leaseLost,
  type LedgerRun,
  MigrationLedger,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';

interface Migration {
  run: string;
  isOpen: boolean;
  owner: string | undefined;
  readonly units: Map<string, UnitCounts>;
}

/** A ledger in memory. Leases last until `expire`. */
export class InMemoryMigrationLedger extends MigrationLedger {
  private readonly migrations = new Map<string, Migration>();
  private runs = 0;

  override async begin(migration: string, owner: string): Promise<BegunRun> {
    const stored = this.migrations.get(migration);
    if (stored?.owner !== undefined && stored.owner !== owner) return { kind: 'held', by: stored.owner };
    const current = stored?.isOpen ? stored : this.started(migration);
    current.owner = owner;
    return { kind: 'begun', run: { migration, owner, run: current.run }, finished: new Map(current.units) };
  }

  override async renew(run: LedgerRun): Promise<void> {
    this.held(run);
  }

  override async finish(run: LedgerRun, unit: string, counts: UnitCounts): Promise<void> {
    this.held(run).units.set(unit, { ...counts });
  }

  override async end(run: LedgerRun, complete: boolean): Promise<void> {
    const stored = this.held(run);
    stored.owner = undefined;
    stored.isOpen = !complete;
  }

  /** As if the holder had died long ago. */
  expire(migration: string): void {
    const stored = this.migrations.get(migration);
    if (stored) stored.owner = undefined;
  }

  private started(migration: string): Migration {
    this.runs += 1;
    const started = { run: `run-${this.runs}`, isOpen: true, owner: undefined, units: new Map<string, UnitCounts>() };
    this.migrations.set(migration, started);
    return started;
  }

  private held({ migration, owner }: LedgerRun): Migration {
    const stored = this.migrations.get(migration);
    if (stored?.owner !== owner) throw leaseLost(migration);
    return stored;
  }
}
