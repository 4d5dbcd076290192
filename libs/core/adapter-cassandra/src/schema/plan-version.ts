import {
  emptyKeyspace,
  emptyTable,
  type KeyspaceSnapshot,
  type SchemaSnapshot,
  type TableSnapshot,
} from './schema-snapshot';
import {
  type ColumnsStep,
  type ColumnTypes,
  type IndexStep,
  type KeyspaceRole,
  type SchemaStep,
  type SchemaVersion,
  type TableStep,
  type TypeStep,
} from './schema-version';

/** The keyspaces' names, and what the servers can do. */
export interface SchemaTarget {
  readonly keyspaces: Readonly<Record<KeyspaceRole, string>>;
  /** Whether all servers have storage-attached indexes (5.0 and later). */
  readonly hasStorageAttachedIndexes: boolean;
}

export interface VersionPlan {
  /** What to execute, in this order; each can be executed alone, and stays right if the rest never is. */
  readonly statements: readonly string[];
  /** What is left as it is, and why. */
  readonly notes: readonly string[];
  /** What makes the version impossible: nothing may be executed then. */
  readonly conflicts: readonly string[];
  /** What exists after the statements. */
  readonly after: SchemaSnapshot;
}

/** What is missing of a version. Pure; `snapshot` is not changed. An absent keyspace counts as an empty one. */
export function planVersion(version: SchemaVersion, snapshot: SchemaSnapshot, target: SchemaTarget): VersionPlan {
  const planner = new VersionPlanner(version, structuredClone(snapshot), target);
  version.steps.forEach((step) => planner.plan(step));
  return planner;
}

/** @returns the name of a step's index */
export function indexName({ table, column }: IndexStep): string {
  return `${table}_${column}_sai`;
}

class VersionPlanner implements VersionPlan {
  readonly statements: string[] = [];
  readonly notes: string[] = [];
  readonly conflicts: string[] = [];

  constructor(
    private readonly version: SchemaVersion,
    readonly after: SchemaSnapshot,
    private readonly target: SchemaTarget,
  ) {}

  plan(step: SchemaStep): void {
    switch (step.kind) {
      case 'type':
        return this.planType(step);
      case 'table':
        return this.planTable(step);
      case 'columns':
        return this.planColumns(step);
      case 'index':
        return this.planIndex(step);
    }
  }

  private planType({ name, fields }: TypeStep): void {
    const { keyspace, path } = this.locate('courses', name);
    const existing = keyspace.types.get(name);
    if (!existing) this.statements.push(`CREATE TYPE IF NOT EXISTS ${path} (${list(fields)})`);
    else this.addMissing(path, existing, fields, (field, type) => `ALTER TYPE ${path} ADD ${field} ${type}`);
    keyspace.types.set(name, new Map([...(existing ?? []), ...Object.entries(fields)]));
  }

  private planTable(step: TableStep): void {
    const { keyspace, path } = this.locate(step.keyspace, step.name);
    const existing = keyspace.tables.get(step.name);
    if (existing) return this.completeTable(step, existing, path);
    const key = [`(${step.partitionKey.join(', ')})`, ...step.clusteringKey].join(', ');
    this.statements.push(`CREATE TABLE IF NOT EXISTS ${path} (${list(step.columns)}, PRIMARY KEY (${key}))`);
    const partitionKey = [...step.partitionKey];
    const clusteringKey = [...step.clusteringKey];
    const columns = new Map(Object.entries(step.columns));
    keyspace.tables.set(step.name, { ...emptyTable(), columns, partitionKey, clusteringKey });
  }

  private completeTable(step: TableStep, existing: TableSnapshot, path: string): void {
    const found = keyOf(existing);
    if (found !== keyOf(step)) {
      return void this.conflicts.push(`${path} has the primary key ${found}, needed is ${keyOf(step)}`);
    }
    const [left, wanted] = partition(Object.entries(step.columns), ([column]) => existing.dropped.has(column));
    for (const [column] of left) this.notes.push(`${path}.${column} was dropped once and is not added again`);
    this.addColumns(path, existing, Object.fromEntries(wanted));
  }

  private planColumns({ table, columns }: ColumnsStep): void {
    const { keyspace, path } = this.locate('courses', table);
    const existing = keyspace.tables.get(table);
    if (!existing) return void this.conflicts.push(`${path} does not exist`);
    this.addColumns(path, existing, columns);
  }

  private addColumns(path: string, existing: TableSnapshot, columns: ColumnTypes): void {
    this.addMissing(path, existing.columns, columns, (column, type) => `ALTER TABLE ${path} ADD ${column} ${type}`);
  }

  private planIndex(step: IndexStep): void {
    const { keyspace, path } = this.locate('courses', step.table);
    const existing = keyspace.tables.get(step.table);
    if (!existing) return void this.conflicts.push(`${path} does not exist`);
    if (existing.indexed.has(step.column)) return;
    if (!this.target.hasStorageAttachedIndexes) {
      this.notes.push(
        `${indexName(step)} is left out: not all servers are Cassandra 5.0 or later, so tables are scanned`,
      );
      return;
    }
    this.statements.push(
      `CREATE CUSTOM INDEX IF NOT EXISTS ${indexName(step)} ON ${path} (${step.column}) USING 'StorageAttachedIndex'`,
    );
    existing.indexed.add(step.column);
  }

  private addMissing(
    path: string,
    existing: Map<string, string>,
    wanted: ColumnTypes,
    toStatement: (name: string, type: string) => string,
  ): void {
    for (const [name, type] of Object.entries(wanted)) {
      const found = existing.get(name);
      if (found === undefined) this.statements.push(toStatement(name, type));
      else if (!sameType(found, type)) this.differs(`${path}.${name} is ${found}, expected was ${type}`);
      existing.set(name, found ?? type);
    }
  }

  private differs(words: string): void {
    if (this.version.otherTypes === 'refused') this.conflicts.push(words);
    else this.notes.push(`${words}; it is left as it is`);
  }

  private locate(role: KeyspaceRole, name: string): { keyspace: KeyspaceSnapshot; path: string } {
    const keyspaceName = this.target.keyspaces[role];
    const keyspace = this.after.get(keyspaceName) ?? emptyKeyspace();
    this.after.set(keyspaceName, keyspace);
    return { keyspace, path: `${keyspaceName}.${name}` };
  }
}

function list(columns: ColumnTypes): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}

function keyOf({ partitionKey, clusteringKey }: Pick<TableStep, 'partitionKey' | 'clusteringKey'>): string {
  return `((${partitionKey.join(', ')})${clusteringKey.map((column) => `, ${column}`).join('')})`;
}

/** The server writes types its own way: `map<text,int>` becomes `map<text, int>`. */
function sameType(left: string, right: string): boolean {
  return left.replaceAll(' ', '') === right.replaceAll(' ', '');
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
