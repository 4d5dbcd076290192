import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { emptyKeyspace, emptyTable, type KeyspaceSnapshot, type SchemaSnapshot } from './schema-snapshot';

const select = (columns: string, table: string): Statement => ({
  cql: `SELECT ${columns} FROM system_schema.${table} WHERE keyspace_name = ?`,
  idempotent: true,
});

const SELECT_KEYSPACE = select('keyspace_name', 'keyspaces');
const SELECT_TYPES = select('type_name, field_names, field_types', 'types');
const SELECT_TABLES = select('table_name', 'tables');
const SELECT_COLUMNS = select('table_name, column_name, kind, position, type', 'columns');
const SELECT_DROPPED = select('table_name, column_name', 'dropped_columns');
const SELECT_INDEXES = select('table_name, options', 'indexes');

interface TypeRow {
  readonly type_name: string;
  readonly field_names: readonly string[];
  readonly field_types: readonly string[];
}

interface TableRow {
  readonly table_name: string;
}

interface DroppedRow extends TableRow {
  readonly column_name: string;
}

interface IndexRow extends TableRow {
  readonly options: ReadonlyMap<string, string> | null;
}

interface ColumnRow extends DroppedRow {
  readonly kind: 'partition_key' | 'clustering' | 'regular' | 'static';
  readonly position: number;
  readonly type: string;
}

/** What exists of these keyspaces now. Works before they exist. @throws CASSANDRA.* */
export async function readSnapshot(session: CassandraSession, keyspaces: readonly string[]): Promise<SchemaSnapshot> {
  const snapshot: SchemaSnapshot = new Map();
  for (const keyspace of keyspaces) {
    if (!(await session.one(SELECT_KEYSPACE, [keyspace]))) continue;
    snapshot.set(keyspace, await readKeyspace(session, keyspace));
  }
  return snapshot;
}

async function readKeyspace(session: CassandraSession, keyspace: string): Promise<KeyspaceSnapshot> {
  const snapshot = emptyKeyspace();
  const readInto = async <T>(statement: Statement, add: (snapshot: KeyspaceSnapshot, row: T) => void) => {
    for await (const row of session.rows(statement, [keyspace])) add(snapshot, row as unknown as T);
  };
  await readInto(SELECT_TYPES, addType);
  await readInto(SELECT_TABLES, addTable);
  await readInto(SELECT_COLUMNS, addColumn);
  await readInto(SELECT_DROPPED, addDropped);
  await readInto(SELECT_INDEXES, addIndex);
  return snapshot;
}

function addType({ types }: KeyspaceSnapshot, row: TypeRow): void {
  const fields = row.field_names.map((name, index) => [name, row.field_types[index] ?? ''] as const);
  types.set(row.type_name, new Map(fields));
}

function addTable({ tables }: KeyspaceSnapshot, row: TableRow): void {
  tables.set(row.table_name, emptyTable());
}

function addColumn({ tables }: KeyspaceSnapshot, row: ColumnRow): void {
  const table = tables.get(row.table_name);
  table?.columns.set(row.column_name, row.type);
  if (row.kind === 'partition_key' && table) table.partitionKey[row.position] = row.column_name;
  if (row.kind === 'clustering' && table) table.clusteringKey[row.position] = row.column_name;
}

/** The server remembers a dropped column also after it was added again. */
function addDropped({ tables }: KeyspaceSnapshot, row: DroppedRow): void {
  const table = tables.get(row.table_name);
  if (table?.columns.has(row.column_name) === false) table.dropped.add(row.column_name);
}

function addIndex({ tables }: KeyspaceSnapshot, { table_name: table, options }: IndexRow): void {
  if (!/(^sai|StorageAttachedIndex)$/i.test(options?.get('class_name') ?? '')) return;
  tables.get(table)?.indexed.add(options?.get('target') ?? '');
}
