/** How every report is written, as the settings say. */
export abstract class ReportStyle {
  /** IANA zone of dates and times. */
  abstract readonly timeZone: string;
  /** Keeps text cells from being taken for formulas, see `guardFormula`. */
  abstract readonly formulaGuard: boolean;
}
