import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { corrupted } from './archive.errors';
import { type CsvCell, type CsvDialect, CsvRecords, MalformedCsv } from './csv-records';
import { withLazyAnswers } from './lazy-answers';
import { withQuestionCell } from './question-cell';
import { decodeAnswers, MalformedQuestion } from './question-json';
import { type ArchiveColumn, archiveColumns } from './row-csv';
import { readTimeMs } from './time-text';

/** Where CSV comes from, for messages, and what is known of it. */
export interface CsvSource {
  /** How a person finds the object. */
  readonly location: string;
  /** Default `rfc4180`, as Scorekeep writes; the reference's files are `backslash`. */
  readonly dialect?: CsvDialect;
  /** The header must be exactly this. Without it: all archived columns in any order, others are ignored. */
  readonly columns?: readonly string[];
  /**
   * Answers are built when somebody looks at them, and malformed ones are an error then: for content that a checksum vouches
   * for. Default false: every cell is read.
   */
  readonly lazyAnswers?: boolean;
}

/** What is wrong with one cell; never its content. */
class MalformedCell extends Error {
  constructor(
    readonly column: ArchiveColumn,
    message: string,
  ) {
    super(message);
  }
}

type CellOf = (column: ArchiveColumn) => CsvCell;

const noCell: CsvCell = { text: '', quoted: false };

/**
 * The rows of a CSV object, columns found by the header's names. An empty cell or `null` without quotes is null, except
 * in ids. Holds one row at a time besides the piece of text at hand.
 *
 * @param bytes UTF-8
 * @throws ARCHIVE.CORRUPTED naming location, row (from 1, without the header) and column, never the content
 */
export async function* decodeRows(bytes: AsyncIterable<Uint8Array>, source: CsvSource): AsyncGenerator<StoredAttempt> {
  let positions: ReadonlyMap<string, number> | undefined;
  let rowNumber = 0;
  for await (const record of recordsOf(bytes, source, () => rowNumber)) {
    if (positions === undefined) {
      positions = positionsOf(record, source);
    } else {
      rowNumber += 1;
      yield decodeRecord(record, { positions, rowNumber, source });
    }
  }
  if (positions === undefined) throw corrupted(source.location, 'it has no header');
}

interface RecordContext {
  readonly positions: ReadonlyMap<string, number>;
  readonly rowNumber: number;
  readonly source: CsvSource;
}

async function* recordsOf(
  bytes: AsyncIterable<Uint8Array>,
  { location, dialect }: CsvSource,
  rowsTaken: () => number,
): AsyncGenerator<CsvCell[]> {
  const records = new CsvRecords(dialect ?? 'rfc4180');
  const take = (read: () => CsvCell[] | undefined): CsvCell[] | undefined => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof MalformedCsv)) throw thrown;
      throw corrupted(location, `row ${rowsTaken() + 1}, column ${thrown.column + 1} ${thrown.message}`);
    }
  };
  const next = (): CsvCell[] | undefined => records.next();
  for await (const chunk of bytes) {
    records.push(chunk);
    for (let record = take(next); record; record = take(next)) yield record;
  }
  const last = take(() => records.end());
  if (last) yield last;
}

function positionsOf(header: readonly CsvCell[], { location, columns }: CsvSource): ReadonlyMap<string, number> {
  const names = header.map(({ text }, index) => (index === 0 ? text.replace(/^\ufeff/, '') : text));
  if (columns && (names.length !== columns.length || names.some((name, index) => name !== columns[index]))) {
    throw corrupted(location, 'its header names other columns');
  }
  const missing = archiveColumns.find((column) => !names.includes(column));
  if (missing !== undefined) throw corrupted(location, `it has no column ${missing}`);
  if (new Set(names).size !== names.length) throw corrupted(location, 'its header names a column twice');
  return new Map(names.map((name, index) => [name, index]));
}

function decodeRecord(record: readonly CsvCell[], { positions, rowNumber, source }: RecordContext): StoredAttempt {
  if (record.length !== positions.size) {
    throw corrupted(source.location, `row ${rowNumber} has ${record.length} cells instead of ${positions.size}`);
  }
  const cellOf: CellOf = (column) => record[positions.get(column) ?? -1] ?? noCell;
  const read = <T>(cells: () => T): T => {
    try {
      return cells();
    } catch (thrown) {
      if (!(thrown instanceof MalformedCell)) throw thrown;
      throw corrupted(source.location, `row ${rowNumber}, column ${thrown.column} ${thrown.message}`);
    }
  };
  const scalars = read(() => decodeScalars(cellOf));
  const question = cellOf('question');
  if (!source.lazyAnswers) return { ...scalars, answers: read(() => answersOf(question)) };
  const row = withLazyAnswers(scalars, () => read(() => answersOf(question)));
  return withQuestionCell(row, { json: () => question.text });
}

function decodeScalars(cellOf: CellOf): Omit<StoredAttempt, 'answers'> {
  return {
    userId: cellOf('user_id').text,
    courseId: cellOf('course_id').text,
    batchId: cellOf('batch_id').text,
    contentId: cellOf('content_id').text,
    attemptId: cellOf('attempt_id').text,
    createdOnMs: timeOf('created_on', cellOf),
    updatedOnMs: timeOf('updated_on', cellOf),
    lastAttemptedOnMs: timeOf('last_attempted_on', cellOf),
    grandTotal: isNull(cellOf('grand_total')) ? null : cellOf('grand_total').text,
    totalScore: doubleOf('total_score', cellOf),
    totalMaxScore: doubleOf('total_max_score', cellOf),
  };
}

function isNull({ text, quoted }: CsvCell): boolean {
  return !quoted && (text === '' || text === 'null');
}

function timeOf(column: ArchiveColumn, cellOf: CellOf): number | null {
  const { text } = cellOf(column);
  if (text === '' || text === 'null') return null;
  const ms = /^-?\d{1,16}$/.test(text) ? Number(text) : readTimeMs(text);
  if (ms === undefined) throw new MalformedCell(column, 'is no time');
  return ms;
}

function doubleOf(column: ArchiveColumn, cellOf: CellOf): number | null {
  const { text } = cellOf(column);
  if (text === '' || text === 'null') return null;
  if (!/^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?Infinity)$/.test(text))
    throw new MalformedCell(column, 'is no number');
  return Number(text);
}

function answersOf({ text }: CsvCell): StoredAttempt['answers'] {
  if (text === '' || text === 'null') return [];
  try {
    return decodeAnswers(text);
  } catch (thrown) {
    if (!(thrown instanceof MalformedQuestion)) throw thrown;
    throw new MalformedCell('question', thrown.message);
  }
}
