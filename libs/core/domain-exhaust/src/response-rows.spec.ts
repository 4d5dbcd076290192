import { type Answer, type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { responseColumns } from './response-columns';
import { type ReportNames, type ResponseFormat, responseRows } from './response-rows';

const attempt: StoredAttempt = {
  userId: 'ff1c4bdf',
  courseId: 'do_1130',
  batchId: '0130',
  contentId: 'do_2120',
  attemptId: 'a1',
  createdOnMs: 1,
  updatedOnMs: 2,
  lastAttemptedOnMs: Date.UTC(2020, 5, 18, 18, 35, 56, 490),
  grandTotal: '1.0/2.0',
  totalScore: 1,
  totalMaxScore: 2,
  answers: [],
};
const answer: Answer = {
  questionId: 'q1',
  etsMs: 1000,
  maxScore: 1,
  score: 0.33,
  type: 'mcq',
  title: 'What is it?',
  description: 'Choose one',
  resvalues: [new Map([['1', '{"text":"A\\n"}']])],
  params: [new Map([['1', '{"text":"A\\n"}']]), new Map([['answer', '{"correct":["1"]}']])],
  durationSeconds: 11.6,
};
const names: ReportNames = {
  collectionName: 'Health',
  batchName: 'Autumn',
  titles: new Map([['do_2120', 'Quiz 1']]),
};
const format: ResponseFormat = { timeZone: 'UTC', jsonStyle: 'reference', formulaGuard: true };

const rowsOf = (answers: Answer[], changed: Partial<StoredAttempt> = {}) =>
  responseRows({ ...attempt, ...changed, answers }, names, format);
const cellsOf = (title: (typeof responseColumns)[number], rows: string[][]) =>
  rows.map((row) => row[responseColumns.indexOf(title)]);

describe('responseRows', () => {
  it('writes every column in order', () => {
    const [row = []] = rowsOf([answer]);
    expect(Object.fromEntries(responseColumns.map((title, index) => [title, row[index]]))).toEqual({
      'Collection Id': 'do_1130',
      'Collection Name': 'Health',
      'Batch Id': 'BatchId_0130',
      'Batch Name': 'Autumn',
      'User UUID': 'ff1c4bdf',
      'QuestionSet Id': 'do_2120',
      'QuestionSet Title': 'Quiz 1',
      'Attempt Id': 'a1',
      'Attempted On': '2020-06-18 18:35:56',
      'Question Id': 'q1',
      'Question Type': 'mcq',
      'Question Title': 'What is it?',
      'Question Description': 'Choose one',
      'Question Duration': '12.0',
      'Question Score': '0.33',
      'Question Max Score': '1.0',
      'Question Options': "[{'1':'{'text':'A'}'},{'answer':'{'correct':['1']}'}]",
      'Question Response': "[{'1':'{'text':'A'}'}]",
    });
    expect(row).toHaveLength(18);
  });

  it('has one row with empty question cells for an attempt without questions', () => {
    const rows = rowsOf([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.slice(0, 9)).toEqual(rowsOf([answer])[0]?.slice(0, 9));
    expect(rows[0]?.slice(9)).toEqual(['', '', '', '', '', '', '', '', '']);
  });

  it.each([
    { name: 'the latest time wins', times: [1, 3, 2], counted: 1 },
    { name: 'among equal times the first stored', times: [2, 2, 2], counted: 0 },
    { name: 'among equal latest times the first stored of them', times: [1, 2, 2], counted: 1 },
  ])('counts one answer per question: $name', ({ times, counted }) => {
    const answers = times.map((etsMs, index) => ({ ...answer, etsMs, score: index }));
    expect(cellsOf('Question Score', rowsOf(answers))).toEqual([`${counted}.0`]);
  });

  it('orders questions by their first appearance', () => {
    const rows = rowsOf([
      { ...answer, questionId: 'b', etsMs: 1 },
      { ...answer, questionId: 'a', etsMs: 2 },
      { ...answer, questionId: 'b', etsMs: 3 },
    ]);
    expect(cellsOf('Question Id', rows)).toEqual(['b', 'a']);
  });

  it('leaves what is unknown empty', () => {
    const unknown: ReportNames = { collectionName: '', batchName: '', titles: new Map() };
    const bare = { ...answer, type: null, title: null, description: null, params: [], resvalues: [] };
    const rows = responseRows({ ...attempt, lastAttemptedOnMs: null, answers: [bare] }, unknown, format);
    expect(cellsOf('Collection Name', rows)).toEqual(['']);
    expect(cellsOf('Batch Name', rows)).toEqual(['']);
    expect(cellsOf('QuestionSet Title', rows)).toEqual(['']);
    expect(cellsOf('Attempted On', rows)).toEqual(['']);
    expect(cellsOf('Question Type', rows)).toEqual(['']);
    expect(cellsOf('Question Title', rows)).toEqual(['']);
    expect(cellsOf('Question Description', rows)).toEqual(['']);
    expect(cellsOf('Question Options', rows)).toEqual(['[]']);
    expect(cellsOf('Question Response', rows)).toEqual(['[]']);
  });

  it('guards text cells from formulas, and no numbers', () => {
    const [row = []] = responseRows(
      {
        ...attempt,
        courseId: '=c',
        batchId: '=b',
        userId: '+u',
        contentId: '@s',
        attemptId: '-a',
        answers: [
          { ...answer, questionId: '=q', type: '=t', title: '=x', description: '=d', score: -1.5, durationSeconds: -3 },
        ],
      },
      { collectionName: '=n', batchName: '=m', titles: new Map([['@s', '=k']]) },
      format,
    );
    expect(row.slice(0, 8)).toEqual(["'=c", "'=n", 'BatchId_=b', "'=m", "'+u", "'@s", "'=k", "'-a"]);
    expect(row.slice(9, 16)).toEqual(["'=q", "'=t", "'=x", "'=d", '-3.0', '-1.5', '1.0']);
  });

  it('keeps texts as they are with the guard off', () => {
    const rows = responseRows({ ...attempt, answers: [{ ...answer, title: '=x' }] }, names, {
      ...format,
      formulaGuard: false,
    });
    expect(cellsOf('Question Title', rows)).toEqual(['=x']);
  });

  it('writes plain JSON and another zone when asked', () => {
    const rows = responseRows({ ...attempt, answers: [answer] }, names, {
      ...format,
      timeZone: 'Asia/Kolkata',
      jsonStyle: 'json',
    });
    expect(cellsOf('Attempted On', rows)).toEqual(['2020-06-19 00:05:56']);
    expect(cellsOf('Question Response', rows)).toEqual(['[{"1":"{\\"text\\":\\"A\\\\n\\"}"}]']);
  });
});
