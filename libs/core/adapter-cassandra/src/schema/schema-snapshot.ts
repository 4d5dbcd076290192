export interface TableSnapshot {
  /** Types by column, as the server writes them. */
  readonly columns: Map<string, string>;
  readonly partitionKey: string[];
  readonly clusteringKey: string[];
  /** Columns that were dropped and not added again. */
  readonly dropped: Set<string>;
  /** Columns with a storage-attached index, of whatever name. */
  readonly indexed: Set<string>;
}

export interface KeyspaceSnapshot {
  /** Types by field, by the name of the user-defined type. */
  readonly types: Map<string, Map<string, string>>;
  readonly tables: Map<string, TableSnapshot>;
}

/** What exists, by keyspace; a keyspace that does not exist is absent. Plans are made on copies of it. */
export type SchemaSnapshot = Map<string, KeyspaceSnapshot>;

export function emptyKeyspace(): KeyspaceSnapshot {
  return { types: new Map(), tables: new Map() };
}

export function emptyTable(): TableSnapshot {
  return { columns: new Map(), partitionKey: [], clusteringKey: [], dropped: new Set(), indexed: new Set() };
}
