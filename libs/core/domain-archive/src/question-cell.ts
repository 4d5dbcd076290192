import { type StoredAttempt } from '@scorekeep/core/domain-scoring';

/** The `question` cell of a row whose answers need not be built to have it. */
export interface QuestionCell {
  /** The JSON text. Rows of equal texts have equal answers; rows of equal answers need not have equal texts. */
  readonly json: () => string;
  /**
   * To the byte what `encodeAnswers` gives, as a cell of CSV (in quotes unless it is `[]`), UTF-8; valid until any
   * other row's is asked for. Absent where the text is somebody else's.
   */
  readonly csv?: () => Uint8Array;
}

/** Beside the rows, not in them: whoever copies a row and changes it must not take over its cell. */
const cells = new WeakMap<StoredAttempt, QuestionCell>();

/** Remembers how the row's answers are written. @returns the row */
export function withQuestionCell<Row extends StoredAttempt>(row: Row, cell: QuestionCell): Row {
  cells.set(row, cell);
  return row;
}

/** Undefined for rows of which only the answers are known. */
export function questionCellOf(row: StoredAttempt): QuestionCell | undefined {
  return cells.get(row);
}
