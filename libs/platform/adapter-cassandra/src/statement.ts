/**
 * One CQL statement, kept as a constant on top of a repository. Values are always bound (`?`), never written into
 * the text: the text appears in logs.
 *
 * `idempotent`: applying it twice gives the same data as once. Only such statements are retried by the driver. An
 * INSERT or UPDATE that sets or appends a non-frozen list is not idempotent, nor is anything conditional (`IF`).
 */
export interface Statement {
  readonly cql: string;
  readonly idempotent: boolean;
}

/**
 * Values for the markers of a statement, in order: text as string, int/double as number, bigint as bigint, timestamp
 * as Date, map as Map, list as array, user type as plain object (a field left out is null). A Buffer stands for a value
 * of any type in the native protocol's form (see CqlWriter). `undefined` leaves a column as it is ("unset"). `null` is
 * refused, because it would write a tombstone: delete with DELETE.
 */
export type Parameters = readonly unknown[];

/**
 * One row by column name. Types as in {@link Parameters}, but a user type, and a collection of one, comes as a
 * RawValue. A column without a value is null.
 */
export type Row = Readonly<Record<string, unknown>>;

export interface StatementWithParameters {
  readonly statement: Statement;
  readonly params: Parameters;
}

export interface OneOptions {
  /** Reads at LOCAL_SERIAL: sees every finished compare-and-set. Default false: CASSANDRA_READ_CONSISTENCY. */
  readonly serial?: boolean;
}

export interface RowsOptions extends OneOptions {
  /** Rows a page; up to two pages are held in memory. Default 500. */
  readonly pageSize?: number;
}

/** What a compare-and-set did; when it was not applied, `row` is what is stored instead, if the row exists. */
export interface CompareAndSetResult {
  readonly applied: boolean;
  readonly row?: Row;
}
