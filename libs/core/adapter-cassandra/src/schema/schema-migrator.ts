import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type CassandraSession, type CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { isQueryable } from './index-readiness';
import { pause } from './pause';
import { planSchema, type SchemaPlan } from './plan-schema';
import { indexName, type SchemaTarget } from './plan-version';
import { readSnapshot } from './read-snapshot';
import { replicationFor } from './replication';
import { type AppliedVersion, checksumOf, SchemaHistory } from './schema-history';
import { type LockedWork, SchemaLock } from './schema-lock';
import { type IndexState, type SchemaReport, type SchemaStatus } from './schema-report';
import { type SchemaSnapshot } from './schema-snapshot';
import { type IndexStep, type SchemaVersion } from './schema-version';
import { schemaVersions } from './versions/schema-versions';

export type SchemaKeyspaces = Pick<
  CassandraSettings,
  'CASSANDRA_KEYSPACE' | 'CASSANDRA_HIERARCHY_KEYSPACE' | 'CASSANDRA_LOCAL_DATACENTER'
>;

export interface SchemaMigratorOptions {
  /** Default: all that this program knows. */
  readonly versions?: readonly SchemaVersion[];
  /** How long after a killed process another may go on, in whole seconds. Default 30. */
  readonly leaseSeconds?: number;
  /** How long to wait for another process that changes the schema. Default 10 minutes. */
  readonly lockPatienceMs?: number;
  /** How long to wait for new indexes to be built. Default 10 minutes. */
  readonly indexPatienceMs?: number;
}

interface Found {
  readonly snapshot: SchemaSnapshot;
  readonly applied: readonly AppliedVersion[];
}

const TEN_MINUTES_MS = 600_000;
const PROBE_EVERY_MS = 500;
const FIRST_MAJOR_WITH_SAI = 5;

/**
 * Brings the keyspaces to the newest version of the schema. It only adds what is missing, so it is safe on an empty
 * cluster, on keyspaces that Sunbird's own migrations made, and after a run that was killed anywhere. Several processes
 * may try at once: one works, the others wait and then find nothing to do.
 */
export class SchemaMigrator {
  private readonly history: SchemaHistory;
  private readonly lock: SchemaLock;
  private readonly versions: readonly SchemaVersion[];
  private readonly holder = `${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;

  /** @param session bound to no keyspace, because the keyspaces may not exist yet; connected when needed */
  constructor(
    private readonly session: CassandraSession,
    private readonly settings: SchemaKeyspaces,
    private readonly options: SchemaMigratorOptions = {},
  ) {
    this.versions = options.versions ?? schemaVersions;
    this.history = new SchemaHistory(session, settings.CASSANDRA_KEYSPACE);
    this.lock = new SchemaLock(session, settings.CASSANDRA_KEYSPACE, {
      holder: this.holder,
      leaseSeconds: options.leaseSeconds ?? 30,
      patienceMs: options.lockPatienceMs ?? TEN_MINUTES_MS,
    });
  }

  /** What `apply` would do. Changes nothing. @throws SCHEMA.CHANGED, SCHEMA.NEWER, SCHEMA.CONFLICT, CASSANDRA.* */
  async plan(): Promise<SchemaReport> {
    const found = await this.look();
    return toReport(this.missingKeyspaces(found.snapshot), this.planFrom(found));
  }

  /**
   * Adds what is missing and waits until new indexes answer. An abort of `signal` is obeyed between two statements.
   *
   * @throws as `plan`, before anything was changed; SCHEMA.LOCKED, SCHEMA.LOCK_LOST
   */
  async apply(work: LockedWork): Promise<SchemaReport> {
    const found = await this.look();
    this.planFrom(found);
    const keyspaces = this.missingKeyspaces(found.snapshot);
    for (const statement of keyspaces) await this.execute(statement, work);
    await this.prepareBookkeeping(found.snapshot);
    const plan = await this.applyPlan(work);
    const unready = await this.waitForIndexes(work);
    const report = toReport(keyspaces, plan);
    return { ...report, notes: [...report.notes, ...unready.map((name) => `${name} is still being built`)] };
  }

  /** Changes nothing. @throws CASSANDRA.* */
  async status(): Promise<SchemaStatus> {
    const { snapshot, applied } = await this.look();
    const versions = this.versions.map((version) => versionStatus(version, applied));
    const unknown = applied.filter(({ version }) => !this.versions.some((each) => each.version === version));
    const indexes = await Promise.all(this.indexSteps().map((step) => this.indexStatus(step, snapshot)));
    return {
      upToDate:
        unknown.length === 0 &&
        versions.every(({ state }) => state === 'applied') &&
        indexes.every(({ state }) => state !== 'missing'),
      versions: [...versions, ...unknown.map((each) => ({ ...toStatus(each), state: 'unknown' as const }))],
      indexes,
    };
  }

  private async look(): Promise<Found> {
    await this.session.connect();
    const { courses, hierarchy } = this.target().keyspaces;
    const snapshot = await readSnapshot(this.session, [...new Set([courses, hierarchy])]);
    const hasHistory = snapshot.get(courses)?.tables.has(SchemaHistory.table) ?? false;
    return { snapshot, applied: hasHistory ? await this.history.read() : [] };
  }

  private target(): SchemaTarget {
    const versions = this.session.servers().map(({ version }) => Number.parseInt(version, 10));
    return {
      keyspaces: { courses: this.settings.CASSANDRA_KEYSPACE, hierarchy: this.settings.CASSANDRA_HIERARCHY_KEYSPACE },
      hasStorageAttachedIndexes: versions.every((major) => major >= FIRST_MAJOR_WITH_SAI),
    };
  }

  private planFrom({ snapshot, applied }: Found): SchemaPlan {
    return planSchema(this.versions, applied, snapshot, this.target());
  }

  private missingKeyspaces(snapshot: SchemaSnapshot): string[] {
    const replication = replicationFor(this.session.servers(), this.settings.CASSANDRA_LOCAL_DATACENTER);
    return [...new Set(Object.values(this.target().keyspaces))]
      .filter((keyspace) => !snapshot.has(keyspace))
      .map((keyspace) => `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = ${replication}`);
  }

  private async prepareBookkeeping(before: SchemaSnapshot): Promise<void> {
    const tables = before.get(this.settings.CASSANDRA_KEYSPACE)?.tables;
    if (!tables?.has(SchemaHistory.table)) await this.history.createTable();
    if (!tables?.has(SchemaLock.table)) await this.lock.createTable();
  }

  private async applyPlan(work: LockedWork): Promise<SchemaPlan> {
    const outside = this.planFrom(await this.look());
    if (outside.changes.length === 0) return outside;
    return this.lock.hold(work, async (stillHeld) => {
      // Looked at again: another process may have done it meanwhile.
      const plan = this.planFrom(await this.look());
      for (const { statements, toRecord } of plan.changes) {
        for (const statement of statements) {
          await stillHeld();
          await this.execute(statement, work);
        }
        await stillHeld();
        if (toRecord) await this.history.record(toRecord, this.holder);
      }
      return plan;
    });
  }

  private async execute(statement: string, { say, signal }: LockedWork): Promise<void> {
    say(statement);
    signal?.throwIfAborted();
    await this.session.ddl(statement);
  }

  private indexSteps(): IndexStep[] {
    return this.versions.flatMap(({ steps }) => steps.filter((step) => step.kind === 'index'));
  }

  private async indexStatus(step: IndexStep, snapshot: SchemaSnapshot): Promise<{ name: string; state: IndexState }> {
    const { keyspaces, hasStorageAttachedIndexes } = this.target();
    const table = snapshot.get(keyspaces.courses)?.tables.get(step.table);
    const name = indexName(step);
    if (!table?.indexed.has(step.column)) return { name, state: hasStorageAttachedIndexes ? 'missing' : 'unsupported' };
    const isReady = await isQueryable(this.session, keyspaces.courses, step, table.columns.get(step.column) ?? '');
    return { name, state: isReady ? 'ready' : 'building' };
  }

  /** @returns the names of indexes that were not ready in time */
  private async waitForIndexes({ say, signal }: LockedWork): Promise<string[]> {
    const { snapshot } = await this.look();
    const deadlineMs = performance.now() + (this.options.indexPatienceMs ?? TEN_MINUTES_MS);
    let hasSaid = false;
    for (;;) {
      const states = await Promise.all(this.indexSteps().map((step) => this.indexStatus(step, snapshot)));
      const building = states.filter(({ state }) => state === 'building').map(({ name }) => name);
      if (building.length === 0 || performance.now() > deadlineMs) return building;
      if (!hasSaid) say(`waiting until the servers have built ${building.join(', ')}`);
      hasSaid = true;
      await pause(PROBE_EVERY_MS, signal);
    }
  }
}

function toReport(keyspaces: readonly string[], { changes, notes }: SchemaPlan): SchemaReport {
  return { keyspaces, changes: changes.map(({ toRecord: _toRecord, ...change }) => change), notes };
}

function toStatus({ version, name, appliedAt }: AppliedVersion) {
  return { version, name, appliedAt };
}

function versionStatus(version: SchemaVersion, applied: readonly AppliedVersion[]): SchemaStatus['versions'][number] {
  const ours = applied.find((each) => each.version === version.version);
  if (!ours) return { version: version.version, name: version.name, state: 'pending' };
  return { ...toStatus(ours), state: ours.checksum === checksumOf(version) ? 'applied' : 'changed' };
}
