/** After any spaces and no-break spaces: = + - @, their full-width forms, tab, CR or LF. */
const formulaStart = /^[ \u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/**
 * A text cell that no spreadsheet takes for a formula: one that could be is prefixed with `'`. A plain number (`-1.5`)
 * stays as it is.
 */
export function guardFormula(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
