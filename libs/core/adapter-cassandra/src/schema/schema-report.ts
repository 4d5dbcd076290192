export interface VersionChange {
  readonly version: number;
  readonly name: string;
  /** What was, or would be, executed for it; empty where everything was there already. */
  readonly statements: readonly string[];
}

/** What was done; of a plan, what would be done. */
export interface SchemaReport {
  /** Statements that created keyspaces. */
  readonly keyspaces: readonly string[];
  /** Versions that are new, and older ones of which an index was missing; in order. */
  readonly changes: readonly VersionChange[];
  /** What was left as it is, and why. */
  readonly notes: readonly string[];
}

/** `changed`: applied with other contents than this program has. `unknown`: applied by a later release. */
export type VersionState = 'applied' | 'pending' | 'changed' | 'unknown';

/** `unsupported`: not all servers are Cassandra 5.0 or later, so batches are found by scanning. */
export type IndexState = 'ready' | 'building' | 'missing' | 'unsupported';

export interface SchemaStatus {
  /** Whether `apply` would change nothing, and the schema is one that this program knows. */
  readonly upToDate: boolean;
  readonly versions: readonly {
    readonly version: number;
    readonly name: string;
    readonly state: VersionState;
    readonly appliedAt?: Date;
  }[];
  readonly indexes: readonly { readonly name: string; readonly state: IndexState }[];
}
