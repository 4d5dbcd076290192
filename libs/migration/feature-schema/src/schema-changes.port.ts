export interface SchemaWork {
  /** Told what is about to be done: a CQL statement, or what is waited for. */
  readonly say: (line: string) => void;
  /** Obeyed between two statements. */
  readonly signal?: AbortSignal;
}

/** What was done; of a plan, what would be done. */
export interface SchemaReport {
  /** Statements that create the keyspaces that were missing. */
  readonly keyspaces: readonly string[];
  /** By version, in order: the statements that add what was missing of it; none where only its record was missing. */
  readonly changes: readonly {
    readonly version: number;
    readonly name: string;
    readonly statements: readonly string[];
  }[];
  /** What was left as it is, and why. */
  readonly notes: readonly string[];
}

export interface SchemaOverview {
  /** Whether `apply` would change nothing and the schema is one that this program knows. */
  readonly upToDate: boolean;
  readonly versions: readonly {
    readonly version: number;
    readonly name: string;
    /** `changed`: applied with other contents than this program has. `unknown`: applied by a later release. */
    readonly state: 'applied' | 'pending' | 'changed' | 'unknown';
    readonly appliedAt?: Date;
  }[];
  readonly indexes: readonly {
    readonly name: string;
    readonly state: 'ready' | 'building' | 'missing' | 'unsupported';
  }[];
}

/** Versions of the database's schema. Fails with SCHEMA.* and the errors of the database. */
export abstract class SchemaChanges {
  /** What `apply` would do. Changes nothing. */
  abstract plan(): Promise<SchemaReport>;

  /**
   * Adds what is missing, nothing else. Safe to repeat, to run several times at once and to kill; afterwards all new
   * indexes answer, or a note says which do not yet.
   */
  abstract apply(work: SchemaWork): Promise<SchemaReport>;

  abstract status(): Promise<SchemaOverview>;
}
