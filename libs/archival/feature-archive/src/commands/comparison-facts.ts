import { type TableRow } from '@scorekeep/platform/util-cli';
import { type WeekComparison } from '../rows/compare-week';

type Compared = { readonly kind: string; readonly comparison?: WeekComparison; readonly error?: Error } | object;

/** What a comparison found, in a JSON result. */
export function comparisonFields(outcome: Compared): Partial<WeekComparison> & { error?: string } {
  return {
    ...('comparison' in outcome ? outcome.comparison : {}),
    ...('error' in outcome && outcome.error ? { error: outcome.error.message } : {}),
  };
}

/** What a comparison found, in a table. */
export function comparisonColumns(outcome: Compared): TableRow {
  const { archivedRows, matchingRows, unarchivedRows, goneOrRewritten } = comparisonFields(outcome);
  return {
    archived: archivedRows,
    'live and equal': matchingRows,
    'not archived': unarchivedRows,
    'gone or rewritten': goneOrRewritten,
  };
}
