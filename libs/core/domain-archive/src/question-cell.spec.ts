import { anyStoredAttempt, aRow } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { sameContent } from './archived-version';
import { withQuestionCell } from './question-cell';
import { encodeAnswers } from './question-json';
import { encodeRow, encodeRowBytes } from './row-csv';

const encoder = new TextEncoder();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('a row that knows its question cell', () => {
  it('is written without a look at its answers, to the same bytes', () => {
    fc.assert(
      fc.property(anyStoredAttempt, (row) => {
        const cell = row.answers.length === 0 ? '[]' : `"${encodeAnswers(row.answers).replaceAll('"', '""')}"`;
        const { answers: _answers, ...scalars } = row;
        const unread = withQuestionCell(
          {
            ...scalars,
            get answers(): never {
              throw new Error('the answers were built');
            },
          },
          { json: () => encodeAnswers(row.answers), csv: () => encoder.encode(cell) },
        );
        expect(text(encodeRowBytes(unread, encoder))).toBe(encodeRow(row));
        expect(sameContent(unread, withQuestionCell({ ...row }, { json: () => encodeAnswers(row.answers) }))).toBe(
          true,
        );
      }),
    );
  });

  it('gives it away with none of its copies', () => {
    const row = withQuestionCell({ ...aRow() }, { json: () => 'old', csv: () => encoder.encode('old') });
    const changed = { ...row, answers: [] };
    expect(text(encodeRowBytes(changed, encoder))).toBe(encodeRow(changed));
  });

  it('is compared by its answers where the texts differ', () => {
    const cell = (json: string) => ({ json: () => json });
    const row = aRow();
    expect(sameContent(withQuestionCell({ ...row }, cell('a')), withQuestionCell({ ...row }, cell('b')))).toBe(true);
    const other = withQuestionCell({ ...row, totalScore: 4 }, cell('a'));
    expect(sameContent(withQuestionCell({ ...row }, cell('a')), other)).toBe(false);
  });
});
