/** What became of one week in one task. */
export interface WeekReport {
  readonly action: 'archive' | 'delete';
  /** `archived`, `deleted`, `failed`, …: the outcome of the use case. */
  readonly outcome: string;
  readonly rows: number;
  /** Compressed; of archived rows. */
  readonly bytes: number;
  readonly durationMs: number;
}

/** How everything stands at the moment of a plan. */
export interface StateReport {
  /** Numbers of recorded weeks by `archival deletion`. */
  readonly weeks: ReadonlyMap<string, number>;
  /** Weeks that need archiving. */
  readonly plannedWeeks: number;
}

/** Is told what the service does; its own DI token. Its methods must not throw. */
export abstract class ArchivalMonitor {
  abstract onWeek(report: WeekReport): void;
  abstract onPlan(report: StateReport): void;
}
