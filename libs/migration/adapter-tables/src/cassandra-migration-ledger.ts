import {
  type BegunRun,
  leaseLost,
  type LedgerRun,
  MigrationLedger,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { type CassandraSession, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';

const OF_UNIT = 'WHERE migration = ? AND unit = ?';
const conditional = (cql: string): Statement => ({ cql, idempotent: false });

/** The unit in whose row the run itself is. */
const RUN = 'run';
const SELECT: Statement = {
  cql: 'SELECT unit, run, state, owner, counts FROM migration_ledger WHERE migration = ?',
  idempotent: true,
};
const TAKE = conditional(`UPDATE migration_ledger USING TTL ? SET owner = ? ${OF_UNIT} IF owner = null`);
const RENEW = conditional(`UPDATE migration_ledger USING TTL ? SET owner = ? ${OF_UNIT} IF owner = ?`);
const START = conditional(`UPDATE migration_ledger SET run = ?, state = 'RUNNING' ${OF_UNIT} IF owner = ?`);
const FINISH = conditional(`UPDATE migration_ledger SET run = ?, counts = ?, done_on = ? ${OF_UNIT}`);
const COMPLETE = conditional(`UPDATE migration_ledger SET state = 'DONE', done_on = ? ${OF_UNIT} IF owner = ?`);
/** The tombstone is what is meant: the lease ends. */
const RELEASE = conditional(`UPDATE migration_ledger SET owner = null ${OF_UNIT} IF owner = ?`);

export interface LedgerOptions {
  /** How long after its holder died the lease becomes free, in whole seconds. */
  readonly leaseSeconds: number;
  /** Makes the id of a new run. */
  readonly newRun: () => string;
  readonly nowMs: () => number;
}

/**
 * Units of migrations, in `migration_ledger`, one partition for each migration. The lease is a cell that the server lets
 * expire, so clocks of different machines are never compared.
 */
export class CassandraMigrationLedger extends MigrationLedger {
  constructor(
    private readonly session: CassandraSession,
    private readonly options: LedgerOptions,
  ) {
    super();
  }

  override async begin(migration: string, owner: string): Promise<BegunRun> {
    const { leaseSeconds, newRun } = this.options;
    const { applied, row } = await this.session.compareAndSet(TAKE, [leaseSeconds, owner, migration, RUN]);
    const holder = row?.['owner'] as string | null | undefined;
    if (!applied && holder !== owner) return { kind: 'held', by: holder ?? 'unknown' };
    const units = await this.units(migration);
    const header = units.find(({ unit }) => unit === RUN);
    const isOpen = header?.['state'] === 'RUNNING';
    const run = { migration, owner, run: isOpen ? (header['run'] as string) : newRun() };
    if (!isOpen) await this.apply(run, START, [run.run, migration, RUN, owner]);
    const finished = units.filter(({ unit, run: of }) => unit !== RUN && of === run.run);
    return {
      kind: 'begun',
      run,
      finished: new Map(
        finished.map(({ unit, counts }) => [unit as string, JSON.parse(counts as string) as UnitCounts]),
      ),
    };
  }

  override async renew(run: LedgerRun): Promise<void> {
    await this.apply(run, RENEW, this.renewal(run));
  }

  override async finish(run: LedgerRun, unit: string, counts: UnitCounts): Promise<void> {
    const doneOn = new Date(this.options.nowMs());
    const applied = await this.session.compareAndSetTogether([
      { statement: RENEW, params: this.renewal(run) },
      { statement: FINISH, params: [run.run, JSON.stringify(counts), doneOn, run.migration, unit] },
    ]);
    if (!applied) throw leaseLost(run.migration);
  }

  override async end(run: LedgerRun, complete: boolean): Promise<void> {
    const { migration, owner } = run;
    if (complete) await this.apply(run, COMPLETE, [new Date(this.options.nowMs()), migration, RUN, owner]);
    await this.apply(run, RELEASE, [migration, RUN, owner]);
  }

  private async units(migration: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.session.rows(SELECT, [migration], { serial: true })) rows.push(row);
    return rows;
  }

  private renewal({ migration, owner }: LedgerRun): unknown[] {
    return [this.options.leaseSeconds, owner, migration, RUN, owner];
  }

  private async apply(run: LedgerRun, statement: Statement, params: readonly unknown[]): Promise<void> {
    const { applied } = await this.session.compareAndSet(statement, params);
    if (!applied) throw leaseLost(run.migration);
  }
}
