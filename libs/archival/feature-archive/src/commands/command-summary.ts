import { type TableRow } from '@scorekeep/platform/util-cli';

/** What a command did with its weeks, for scripts and for people. */
export interface CommandSummary {
  readonly weeks: readonly object[];
  readonly totals: Readonly<Record<string, number>>;
  readonly table: readonly TableRow[];
  readonly sentence: string;
  /** Weeks for which the command exits with 1. */
  readonly failed: number;
}
