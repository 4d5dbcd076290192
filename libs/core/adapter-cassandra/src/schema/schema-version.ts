/** Columns or fields by name, with their CQL types, in the order in which they are created. */
export type ColumnTypes = Readonly<Record<string, string>>;

/** `courses`: CASSANDRA_KEYSPACE. `hierarchy`: CASSANDRA_HIERARCHY_KEYSPACE. */
export type KeyspaceRole = 'courses' | 'hierarchy';

/** A user-defined type of the courses keyspace. Where it exists, fields that it lacks are added. */
export interface TypeStep {
  readonly kind: 'type';
  readonly name: string;
  readonly fields: ColumnTypes;
}

/** Where the table exists, columns that it lacks are added, but never one that somebody dropped. */
export interface TableStep {
  readonly kind: 'table';
  readonly keyspace: KeyspaceRole;
  readonly name: string;
  readonly columns: ColumnTypes;
  readonly partitionKey: readonly string[];
  readonly clusteringKey: readonly string[];
}

/** Columns of a table of the courses keyspace that an earlier step created. */
export interface ColumnsStep {
  readonly kind: 'columns';
  readonly table: string;
  readonly columns: ColumnTypes;
}

/**
 * A storage-attached index of a table of the courses keyspace, named `<table>_<column>_sai`. Created where all servers
 * are 5.0 or later; looked after at every run, so that it comes with the upgrade of an older cluster.
 */
export interface IndexStep {
  readonly kind: 'index';
  readonly table: string;
  readonly column: string;
}

export type SchemaStep = TypeStep | TableStep | ColumnsStep | IndexStep;

/**
 * One version of the schema. Never changed once it was released: a checksum of it is recorded where it is applied.
 * Steps say what must be there afterwards; only what is missing is added, nothing is altered or dropped.
 */
export interface SchemaVersion {
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly name: string;
  /**
   * Whether columns that exist with another type are left as they are, with a note (tables of others, of which we may
   * not use that column), or refused.
   */
  readonly otherTypes: 'noted' | 'refused';
  readonly steps: readonly SchemaStep[];
}
