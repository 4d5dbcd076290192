import { type Statement, type StatementWithParameters } from '@scorekeep/platform/adapter-cassandra';

/** A row whose column `version` counts its changes. */
export interface VersionedRow {
  readonly table: string;
  /** Columns of the primary key, in order. */
  readonly key: Readonly<Record<string, unknown>>;
  /** Every other column, `version` included; null where the cell is to be empty. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/**
 * Replaces a whole row if its version is the expected one; 0: if there is none. A cell is emptied by a literal null in
 * the text: here, and only here, the tombstone is what is meant.
 */
export function versionedUpdate(
  { table, key, columns }: VersionedRow,
  expectedVersion: number,
): StatementWithParameters {
  const all = Object.entries(columns);
  const filled = all.filter(([, value]) => value !== null);
  const emptied = expectedVersion === 0 ? [] : all.filter(([, value]) => value === null);
  const assignments = [...filled.map(([name]) => `${name} = ?`), ...emptied.map(([name]) => `${name} = null`)];
  const where = Object.keys(key).map((name) => `${name} = ?`);
  const condition = expectedVersion === 0 ? 'version = null' : 'version = ?';
  const statement: Statement = {
    cql: `UPDATE ${table} SET ${assignments.join(', ')} WHERE ${where.join(' AND ')} IF ${condition}`,
    idempotent: false,
  };
  const expected = expectedVersion === 0 ? [] : [expectedVersion];
  return { statement, params: [...filled.map(([, value]) => value), ...Object.values(key), ...expected] };
}
