import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { locked, lockLost } from './schema.errors';
import { pause } from './pause';

const TABLE = 'scorekeep_schema_lock';
const NAME = 'schema';
const RETRY_MS = 500;

export interface SchemaLockOptions {
  /** Who holds it, for messages; different for every process. */
  readonly holder: string;
  /** How long after its holder died the lock becomes free, in whole seconds. */
  readonly leaseSeconds: number;
  /** How long to wait for another holder. */
  readonly patienceMs: number;
}

export interface LockedWork {
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One holder at a time, in the courses keyspace. The lease is a row that the server lets expire, so clocks of different
 * machines are never compared; while work lasts it is renewed.
 */
export class SchemaLock {
  private readonly take: Statement;
  private readonly renew: Statement;
  private readonly release: Statement;

  constructor(
    private readonly session: CassandraSession,
    private readonly keyspace: string,
    private readonly options: SchemaLockOptions,
  ) {
    const table = `${keyspace}.${TABLE}`;
    const compareAndSet = (cql: string): Statement => ({ cql, idempotent: false });
    this.take = compareAndSet(`INSERT INTO ${table} (name, holder) VALUES (?, ?) IF NOT EXISTS USING TTL ?`);
    this.renew = compareAndSet(`UPDATE ${table} USING TTL ? SET holder = ? WHERE name = ? IF holder = ?`);
    this.release = compareAndSet(`DELETE FROM ${table} WHERE name = ? IF holder = ?`);
  }

  static readonly table = TABLE;

  async createTable(): Promise<void> {
    await this.session.ddl(`CREATE TABLE IF NOT EXISTS ${this.keyspace}.${TABLE} (name text PRIMARY KEY, holder text)`);
  }

  /**
   * Runs `work` while holding the lock. `work` calls `stillHeld` before everything that nobody else may do at the same
   * time; it throws SCHEMA.LOCK_LOST when the lease ran out.
   *
   * @throws SCHEMA.LOCKED when another process holds it for longer than `patienceMs`
   */
  async hold<Result>(options: LockedWork, work: (stillHeld: () => Promise<void>) => Promise<Result>): Promise<Result> {
    await this.acquire(options);
    // Renewals keep the lease alive during one long statement; whether it was lost is noticed by `stillHeld`.
    const renewals = setInterval(
      () => void this.extend().catch(() => undefined),
      (this.options.leaseSeconds * 1000) / 3,
    );
    try {
      return await work(() => this.extend());
    } finally {
      clearInterval(renewals);
      // A lease that cannot be given back runs out by itself.
      await this.session.compareAndSet(this.release, [NAME, this.options.holder]).catch(() => undefined);
    }
  }

  private async acquire({ say, signal }: LockedWork): Promise<void> {
    const { holder, leaseSeconds, patienceMs } = this.options;
    const startMs = performance.now();
    let waitingFor: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const { applied, row } = await this.session.compareAndSet(this.take, [NAME, holder, leaseSeconds]);
      const current = row?.['holder'] as string | undefined;
      // Ours already: an earlier try whose outcome was unknown.
      if (applied || current === holder) return;
      const waitedMs = performance.now() - startMs;
      if (waitedMs > patienceMs) throw locked(current ?? 'unknown', waitedMs);
      if (current !== undefined && current !== waitingFor) say(`waiting for ${current}, which is changing the schema`);
      waitingFor = current;
      await pause(RETRY_MS, signal);
    }
  }

  private async extend(): Promise<void> {
    const { holder, leaseSeconds } = this.options;
    const { applied, row } = await this.session.compareAndSet(this.renew, [leaseSeconds, holder, NAME, holder]);
    if (!applied) throw lockLost(row?.['holder'] as string | undefined);
  }
}
