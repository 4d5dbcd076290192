import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { aRow, anyStoredAttempt } from '@scorekeep/core/testing-core';
import { bodyOf, collect, inChunks } from '@scorekeep/platform/testing-platform';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { archiveColumns, csvHeader, encodeRow } from './row-csv';
import { type CsvSource, decodeRows } from './row-decoder';

const location = 's3://bucket/archival/b_c/2021-5-1.csv.gz';

const decode = (text: string | Uint8Array, source: Partial<CsvSource> = {}): Promise<StoredAttempt[]> =>
  collect(decodeRows(bodyOf(text), { location, ...source }));

/** A data row in which the given columns hold these cells. */
function line(cells: Readonly<Record<string, string>> = {}): string {
  const values: Readonly<Record<string, string>> = { question: '[]', ...cells };
  return `${archiveColumns.map((column) => values[column] ?? '').join(',')}\n`;
}

describe('decodeRows', () => {
  it('gives back what was encoded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStoredAttempt, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const bytes = new TextEncoder().encode(csvHeader + rows.map(encodeRow).join(''));
          const decoded = await collect(decodeRows(inChunks(bytes, size), { location, columns: archiveColumns }));
          expect(decoded).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agrees with csv-parse about the cells', () => {
    fc.assert(
      fc.property(anyStoredAttempt, (row) => {
        const [cells] = parse(encodeRow(row), { record_delimiter: '\n' });
        expect(cells?.[0]).toBe(row.courseId);
        expect(cells?.[4]).toBe(row.attemptId);
        expect(cells?.[6]).toBe(row.grandTotal ?? '');
        expect(Array.isArray(JSON.parse(cells?.[11] ?? ''))).toBe(true);
      }),
    );
  });

  it('gives no rows for a header alone', async () => {
    await expect(decode(csvHeader)).resolves.toEqual([]);
  });
});

describe('decodeRows of files that the reference wrote', () => {
  const spark = [
    'batch_id,course_id,user_id,content_id,attempt_id,grand_total,total_score,total_max_score,updated_on,created_on,last_attempted_on,question,extra',
    'batch-1,do_course,learner-1,do_content,attempt-1,5.0/10.0,5,1e1,1700000060000,null,2023-11-14T22:13:20.000Z,' +
      '"[{\\"id\\":\\"q1\\",\\"assess_ts\\":\\"2023-11-14T22:13:21.000Z\\",\\"max_score\\":1.0,\\"title\\":\\"say \\\\\\"hi\\\\\\"\\\\n\\",' +
      '\\"params\\":[{\\"1\\":\\"x\\"}]}]",whatever',
    'batch-1,do_course,learner-1,do_content,attempt-2,null,null,null,,,,null,',
    '',
  ].join('\r\n');

  it('takes other columns in another order, nulls, ISO times and escaped quotes', async () => {
    const [first, second] = await decode(spark, { dialect: 'backslash' });
    expect(first).toMatchObject({
      ...aRow(),
      createdOnMs: null,
      answers: [
        {
          questionId: 'q1',
          etsMs: 1_700_000_001_000,
          maxScore: 1,
          title: 'say "hi"\n',
          params: [new Map([['1', 'x']])],
        },
      ],
    });
    expect(second).toEqual({
      ...aRow({ attemptId: 'attempt-2' }),
      createdOnMs: null,
      updatedOnMs: null,
      lastAttemptedOnMs: null,
      grandTotal: null,
      totalScore: null,
      totalMaxScore: null,
      answers: [],
    });
  });

  it('does not take them where the columns are known', async () => {
    await expect(decode(spark, { dialect: 'backslash', columns: archiveColumns })).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: `${location} is not what was archived: its header names other columns`,
    });
  });

  it('takes a byte order mark', async () => {
    await expect(decode(`\ufeff${csvHeader}`)).resolves.toEqual([]);
  });
});

describe('decodeRows of what is damaged', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'it has no header'],
    ['a missing column', 'course_id,batch_id\n', 'it has no column user_id'],
    ['a column named twice', csvHeader.replace('\n', ',question\n'), 'its header names a column twice'],
    ['a short row', `${csvHeader}a,b\n`, 'row 1 has 2 cells instead of 12'],
    ['an empty line', `${csvHeader}${line()}\n`, 'row 2 has 1 cells instead of 12'],
    ['an unfinished row', `${csvHeader}${line()}"secret`, 'row 2, column 1 ends within a quoted cell'],
    ['a stray quote', `${csvHeader}x,sec"ret\n`, 'row 1, column 2 has a quote within a cell without quotes'],
    ['a bad time', csvHeader + line({ updated_on: 'secret' }), 'row 1, column updated_on is no time'],
    ['a fraction of a time', csvHeader + line({ created_on: '1.5' }), 'row 1, column created_on is no time'],
    ['a bad number', csvHeader + line({ total_score: '0x10' }), 'row 1, column total_score is no number'],
    ['an empty number', csvHeader + line({ total_max_score: ' ' }), 'row 1, column total_max_score is no number'],
    ['bad answers', csvHeader + line({ question: 'secret' }), 'row 1, column question is no JSON'],
    ['a second bad row', csvHeader + line() + line({ question: '{}' }), 'row 2, column question is no JSON array'],
    ['no UTF-8', Uint8Array.of(0x61, 0xff, 0x0a), 'row 1, column 1 is no UTF-8'],
    ['half a character', new TextEncoder().encode(`${csvHeader}é`).slice(0, -1), 'row 1, column 1 is no UTF-8'],
  ])('names %s, never the content', async (_what, text, difference) => {
    await expect(decode(text)).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: `${location} is not what was archived: ${difference}`,
      context: { object: location },
    });
  });

  it('passes on what reading throws', async () => {
    const failure = new Error('connection lost');
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(csvHeader + line());
      throw failure;
    };
    await expect(collect(decodeRows(broken(), { location }))).rejects.toBe(failure);
  });
});
