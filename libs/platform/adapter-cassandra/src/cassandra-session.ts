import { AppError } from '@scorekeep/platform/util-errors';
import { Client, policies, type QueryOptions, types } from 'cassandra-driver';
import { CassandraErrorCode, toCassandraError, toConnectError } from './cassandra.errors';
import { type CassandraSettings } from './cassandra.settings';
import { clientOptions } from './client-options';
import { murmur3Token } from './murmur3-token';
import { pagedRows } from './paged-rows';
import { schemaCoordinator, waitForSchemaAgreement } from './schema-agreement';
import {
  type CompareAndSetResult,
  type OneOptions,
  type Parameters,
  type Row,
  type RowsOptions,
  type Statement,
  type StatementWithParameters,
} from './statement';

export type QueryKind = 'read' | 'write' | 'batch' | 'compare-and-set' | 'ddl';

export interface CassandraSessionOptions {
  /** Keyspace that unqualified table names belong to. Default CASSANDRA_KEYSPACE; null binds to none (it need not exist yet). */
  readonly keyspace?: string | null;
  /** Called before every request to the server. */
  readonly onQueryStart?: (kind: QueryKind) => void;
  /** Called after every request to the server (each page of a read is one): its kind, how long it took, how it ended. */
  readonly onQuery?: (kind: QueryKind, seconds: number, ok: boolean) => void;
  /** The driver's warnings: lost connections, servers that went down. */
  readonly log?: (level: 'warn', message: string) => void;
}

/** One server of the cluster; `version` as in `5.0.7`. */
export interface CassandraServer {
  readonly datacenter: string;
  readonly version: string;
}

const DEFAULT_PAGE_SIZE = 500;
const DDL_TIMEOUT_MS = 30_000;
const SELECT_FIELDS: Statement = {
  cql: 'SELECT field_names FROM system_schema.types WHERE keyspace_name = ? AND type_name = ?',
  idempotent: true,
};
const PARTITIONER = 'SELECT partitioner FROM system.local';

/**
 * The only caller of the driver. Every statement is prepared; only idempotent ones are retried by the driver. Reads
 * and writes have the consistencies of the settings.
 *
 * Every method throws an AppError with a code of {@link CassandraErrorCode}; `retryable` says whether a later call may
 * succeed. Messages and contexts hold statements, never bound values.
 */
export class CassandraSession {
  /** The keyspace that unqualified names belong to; empty when the session is bound to none. */
  readonly keyspace: string;
  private client: Client | undefined;
  private readonly readConsistency: number;
  private readonly writeConsistency: number;

  constructor(
    private readonly settings: CassandraSettings,
    private readonly options: CassandraSessionOptions = {},
  ) {
    this.keyspace = (options.keyspace === undefined ? settings.CASSANDRA_KEYSPACE : options.keyspace) ?? '';
    this.readConsistency = consistencyOf(settings.CASSANDRA_READ_CONSISTENCY);
    this.writeConsistency = consistencyOf(settings.CASSANDRA_WRITE_CONSISTENCY);
  }

  /** Opens the connections; does nothing when they are open. After a failure it may be called again. */
  async connect(): Promise<void> {
    if (this.client) return;
    const { CASSANDRA_CONTACT_POINTS: contactPoints, CASSANDRA_LOCAL_DATACENTER: localDatacenter } = this.settings;
    const client = new Client(clientOptions(this.settings, this.keyspace === '' ? null : this.keyspace));
    client.on('log', (level: string, _source: string, message: string) => {
      if (level === 'warning' || level === 'error') this.options.log?.('warn', `Cassandra driver: ${message}`);
    });
    try {
      await client.connect();
      await requireMurmur3(client);
    } catch (thrown) {
      await client.shutdown();
      throw this.missingKeyspace(thrown) ?? toConnectError(thrown, contactPoints, localDatacenter);
    }
    this.client = client;
  }

  /** Closes all connections. Requests under way fail, so callers stop first. May be called twice. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.shutdown();
  }

  /** The first row, if there is one. */
  async one(statement: Statement, params: Parameters, options: OneOptions = {}): Promise<Row | undefined> {
    const result = await this.execute('read', statement, params, this.readOptions(statement, options));
    return result.first() ?? undefined;
  }

  /**
   * All rows, page by page. The next page is fetched while the current one is consumed, none beyond that; leaving the
   * loop early ends the reading.
   */
  rows(statement: Statement, params: Parameters, options: RowsOptions = {}): AsyncIterable<Row> {
    const common = { ...this.readOptions(statement, options), fetchSize: options.pageSize ?? DEFAULT_PAGE_SIZE };
    return pagedRows((pageState) =>
      this.execute('read', statement, params, pageState === undefined ? common : { ...common, pageState }),
    );
  }

  /** An INSERT, UPDATE or DELETE without condition. Acknowledged at CASSANDRA_WRITE_CONSISTENCY when it returns. */
  async write(statement: Statement, params: Parameters): Promise<void> {
    await this.execute('write', statement, params, this.writeOptions(statement.idempotent));
  }

  /**
   * Several writes of ONE partition of one table, as an unlogged batch: applied together or not at all, in one
   * mutation. With several partitions there is no such guarantee, only load: never do that. Keep it below the server's
   * batch limit (50 KiB by default). An empty list does nothing.
   */
  async writeTogether(statements: readonly StatementWithParameters[]): Promise<void> {
    if (statements.length === 0) return;
    const { cql, queries } = batchOf(statements);
    const idempotent = statements.every(({ statement }) => statement.idempotent);
    const options = { ...this.writeOptions(idempotent), logged: false };
    await this.timed('batch', cql, (client) => client.batch(queries, options));
  }

  /**
   * A lightweight transaction (`IF …`), serial within the local datacenter. Never retried: after CASSANDRA.TIMEOUT its
   * outcome is unknown and must be read with `serial: true`.
   */
  async compareAndSet(statement: Statement, params: Parameters): Promise<CompareAndSetResult> {
    const result = await this.execute('compare-and-set', statement, params, this.conditionalOptions());
    if (result.wasApplied()) return { applied: true };
    const { '[applied]': _applied, ...row } = { ...result.first() } as Row;
    return Object.keys(row).length === 0 ? { applied: false } : { applied: false, row };
  }

  /**
   * Several lightweight transactions on ONE partition of one table as one: all conditions hold and all is applied, or
   * nothing is. Never retried, as with `compareAndSet`. An empty list is applied.
   *
   * @returns whether it was applied
   */
  async compareAndSetTogether(statements: readonly StatementWithParameters[]): Promise<boolean> {
    if (statements.length === 0) return true;
    const { cql, queries } = batchOf(statements);
    const options = { ...this.conditionalOptions(), logged: false };
    const result = await this.timed('compare-and-set', cql, (client) => client.batch(queries, options));
    return result.wasApplied();
  }

  /** The token of a partition key of text components, in order: what CQL's `token()` gives. Needs no connection. */
  tokenOf(...partitionKey: readonly string[]): bigint {
    return murmur3Token(partitionKey);
  }

  /** Changes the schema; returns when every server that is up has the new one. */
  async ddl(cql: string): Promise<void> {
    await this.timed('ddl', cql, async (client) => {
      await client.execute(cql, [], {
        prepare: false,
        isIdempotent: false,
        readTimeout: DDL_TIMEOUT_MS,
        ...schemaCoordinator(client, this.settings.CASSANDRA_LOCAL_DATACENTER),
      });
      await waitForSchemaAgreement(client);
    });
  }

  /** The fields of a user-defined type of the keyspace, in the order in which the server has them. */
  async fieldsOf(type: string): Promise<readonly string[]> {
    const row = await this.one(SELECT_FIELDS, [this.keyspace, type]);
    const names = row?.['field_names'] as readonly string[] | undefined;
    if (names) return names;
    const words = `The keyspace ${this.keyspace} has no type ${type}: create it with "migrator schema up"`;
    throw new AppError(CassandraErrorCode.misconfigured, words, { context: { keyspace: this.keyspace } });
  }

  /** The servers that the driver knows of, in no order; empty until connected. */
  servers(): CassandraServer[] {
    const hosts = this.client?.hosts.values() ?? [];
    return hosts.map(({ datacenter, cassandraVersion }) => ({ datacenter, version: cassandraVersion }));
  }

  private execute(kind: QueryKind, statement: Statement, params: Parameters, options: QueryOptions) {
    return this.timed(kind, statement.cql, (client) =>
      client.execute(statement.cql, withoutNull(statement, params), { prepare: true, ...options }),
    );
  }

  private readOptions(statement: Statement, options: OneOptions): QueryOptions {
    const consistency = options.serial === true ? types.consistencies.localSerial : this.readConsistency;
    return { consistency, isIdempotent: statement.idempotent };
  }

  private writeOptions(idempotent: boolean): QueryOptions {
    return { prepare: true, consistency: this.writeConsistency, isIdempotent: idempotent };
  }

  private conditionalOptions(): QueryOptions {
    return {
      ...this.writeOptions(false),
      serialConsistency: types.consistencies.localSerial,
      retry: new policies.retry.FallthroughRetryPolicy(),
    };
  }

  private async timed<Result>(kind: QueryKind, cql: string, request: (client: Client) => Promise<Result>) {
    const { client } = this;
    if (!client) {
      throw new AppError(CassandraErrorCode.unavailable, 'The Cassandra session is not connected', {
        context: { statement: cql },
        retryable: true,
      });
    }
    const startMs = performance.now();
    let ok = false;
    this.options.onQueryStart?.(kind);
    try {
      const result = await request(client);
      ok = true;
      return result;
    } catch (thrown) {
      throw toCassandraError(thrown, cql, this.settings.CASSANDRA_CONTACT_POINTS);
    } finally {
      this.options.onQuery?.(kind, (performance.now() - startMs) / 1000, ok);
    }
  }

  private missingKeyspace(thrown: unknown): AppError | undefined {
    if (!(thrown instanceof Error) || !thrown.message.startsWith(`Keyspace '${this.keyspace}' does not exist`)) return;
    return new AppError(
      CassandraErrorCode.misconfigured,
      `The keyspace ${this.keyspace} does not exist at ${this.settings.CASSANDRA_CONTACT_POINTS}: create it with ` +
        '"migrator schema up", or correct the setting CASSANDRA_KEYSPACE',
      { context: { keyspace: this.keyspace } },
    );
  }
}

function consistencyOf(name: CassandraSettings['CASSANDRA_READ_CONSISTENCY']): number {
  const names: Record<typeof name, number> = {
    LOCAL_QUORUM: types.consistencies.localQuorum,
    QUORUM: types.consistencies.quorum,
    EACH_QUORUM: types.consistencies.eachQuorum,
    ALL: types.consistencies.all,
    LOCAL_ONE: types.consistencies.localOne,
    ONE: types.consistencies.one,
    TWO: types.consistencies.two,
    THREE: types.consistencies.three,
  };
  return names[name];
}

function batchOf(statements: readonly StatementWithParameters[]) {
  return {
    cql: statements.map(({ statement }) => statement.cql).join('; '),
    queries: statements.map(({ statement, params }) => ({
      query: statement.cql,
      params: withoutNull(statement, params),
    })),
  };
}

/** A null would write a tombstone, nearly always by accident. */
function withoutNull(statement: Statement, params: Parameters): unknown[] {
  const position = params.indexOf(null);
  if (position >= 0) {
    throw new AppError(CassandraErrorCode.invalidQuery, `Parameter ${position + 1} is null: leave it undefined`, {
      context: { statement: statement.cql },
    });
  }
  return [...params];
}

async function requireMurmur3(client: Client): Promise<void> {
  const partitioner = String((await client.execute(PARTITIONER)).first()?.get('partitioner'));
  if (partitioner.endsWith('.Murmur3Partitioner')) return;
  throw new AppError(CassandraErrorCode.misconfigured, `Scorekeep needs the Murmur3Partitioner, found ${partitioner}`);
}
