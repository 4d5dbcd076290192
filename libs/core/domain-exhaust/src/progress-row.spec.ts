import { type Enrolment } from './enrolment';
import { unknownProfile } from './learner-profile';
import { progressColumns } from './progress-columns';
import { type ProgressCourse, type ProgressOfLearner, progressRow } from './progress-row';

const enrolment: Enrolment = {
  userId: 'ff1c4bdf',
  courseId: 'do_1130',
  batchId: '0130',
  active: true,
  enrolledOnMs: Date.UTC(2020, 5, 18, 20),
  completedOnMs: null,
  completed: false,
  certificateIssued: false,
  completedContents: new Set(['a', 'b']),
};
const course: ProgressCourse = {
  collectionName: 'Health',
  batchName: 'Autumn',
  leafNodesCount: 3,
  optionalNodes: new Set(),
  assessments: new Set(['quiz 1', 'quiz 2']),
};
const format = { timeZone: 'UTC', formulaGuard: true };
const scoreColumns = ['quiz 1', 'quiz 2', 'of another course'];
const titles = progressColumns(scoreColumns);

const rowOf = (changed: Partial<Enrolment> = {}, known: Partial<ProgressOfLearner> = {}, zone = 'UTC') => {
  const learner = { course, profile: undefined, metrics: undefined, ...known };
  const cells = progressRow({ ...enrolment, ...changed }, learner, scoreColumns, { ...format, timeZone: zone });
  expect(cells).toHaveLength(titles.length);
  return Object.fromEntries(titles.map((title, index) => [title, cells[index]]));
};

describe('progressRow', () => {
  it('writes every column', () => {
    const profile = {
      ...{ state: 'Karnataka', district: 'Mysuru', orgName: 'Org', schoolId: '29', schoolName: 'GHPS', block: 'North' },
      ...{
        cluster: 'C1',
        board: '["CBSE","State"]',
        userType: 'teacher',
        userSubType: '["crp","brc"]',
        rootOrgId: '1',
      },
    };
    const metrics = new Map([
      ['score:quiz 1', 3],
      ['max_score:quiz 1', 4],
      ['score:no assessment', 1],
      ['max_score:no assessment', 1],
    ]);
    expect(rowOf({ completedOnMs: Date.UTC(2021, 0, 2), certificateIssued: true }, { profile, metrics })).toEqual({
      'Collection Id': 'do_1130',
      'Collection Name': 'Health',
      'Batch Id': 'BatchId_0130',
      'Batch Name': 'Autumn',
      'User UUID': 'ff1c4bdf',
      State: 'Karnataka',
      District: 'Mysuru',
      'Org Name': 'Org',
      'School Id': '29',
      'School Name': 'GHPS',
      'Block Name': 'North',
      'Cluster Name': 'C1',
      'User Type': 'teacher',
      'User Sub Type': 'crp, brc',
      'Declared Board': 'CBSE, State',
      'Enrolment Date': '18/06/2020',
      'Completion Date': '02/01/2021',
      'Certificate Status': 'Issued',
      Progress: '67',
      'Total Score': '75%',
      'quiz 1 - Score': '75%',
      'quiz 2 - Score': '',
      'of another course - Score': '',
    });
  });

  it('leaves empty what is unknown', () => {
    const empty = Object.entries(rowOf({ enrolledOnMs: null })).filter(([, cell]) => cell === '');
    expect(empty.map(([title]) => title)).toEqual([
      ...titles.slice(titles.indexOf('State'), titles.indexOf('Certificate Status') + 1),
      ...titles.slice(titles.indexOf('Total Score')),
    ]);
  });

  it('has dates on the clocks of the zone', () => {
    expect(rowOf({}, {}, 'Asia/Kolkata')['Enrolment Date']).toBe('19/06/2020');
  });

  it.each<{ name: string; changed?: Partial<Enrolment>; known?: Partial<ProgressCourse>; progress: string }>([
    { name: 'two of three', progress: '67' },
    { name: 'one of eight: half is rounded up', known: { leafNodesCount: 8 }, changed: only('a'), progress: '13' },
    { name: 'nothing', changed: only(), progress: '0' },
    { name: 'completed', changed: { completed: true, ...only() }, progress: '100' },
    {
      name: 'completed, number of contents unknown',
      known: unknownCount(),
      changed: { completed: true },
      progress: '100',
    },
    { name: 'number of contents unknown', known: unknownCount(), progress: '' },
    { name: 'no contents', known: { leafNodesCount: 0 }, progress: '' },
    { name: 'an optional one of two', known: { optionalNodes: new Set(['b', 'c']) }, progress: '33' },
    { name: 'more than there are', known: { leafNodesCount: 1 }, progress: '100' },
  ])('Progress, $name: $progress', ({ changed, known, progress }) => {
    expect(rowOf(changed, { course: { ...course, ...known } })['Progress']).toBe(progress);
  });

  it('counts what other jobs counted where nothing is recorded of contents', () => {
    const metrics = new Map([['completedCount', 1]]);
    expect(rowOf({ completedContents: undefined }, { metrics })['Progress']).toBe('33');
    expect(rowOf({ completedContents: new Set(['a', 'b']) }, { metrics })['Progress']).toBe('67');
    expect(rowOf({ completedContents: undefined })['Progress']).toBe('0');
  });

  it('guards texts against formulas, and leaves scores alone', () => {
    const metrics = new Map([
      ['score:quiz 1', -1],
      ['max_score:quiz 1', 4],
    ]);
    const profile = { ...unknownProfile, schoolName: '=1+1', schoolId: '-29', board: '["@a","b"]' };
    expect(rowOf({ userId: '+x' }, { profile, metrics })).toMatchObject({
      'User UUID': "'+x",
      'School Id': '-29',
      'School Name': "'=1+1",
      'Declared Board': "'@a, b",
      'Total Score': '-25%',
    });
    const unguarded = progressRow(enrolment, { course, profile, metrics }, [], { ...format, formulaGuard: false });
    expect(unguarded).toContain('=1+1');
  });
});

function only(...completed: string[]): Partial<Enrolment> {
  return { completedContents: new Set(completed) };
}

function unknownCount(): Partial<ProgressCourse> {
  return { leafNodesCount: undefined };
}
