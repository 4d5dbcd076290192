import { requestBody } from '@scorekeep/platform/util-http';
import { UpdateStateRequest } from './update-state.request';

const content = { contentId: 'do_a', status: 1 };
const assessment = { assessmentTs: 1_700_000_000_000, courseId: 'c', contentId: 'do_a', batchId: 'b', attemptId: 'a' };

async function problemsOf(body: unknown): Promise<string[]> {
  try {
    await requestBody(UpdateStateRequest).transform(body, { type: 'body' });
    return [];
  } catch (error) {
    return (error as Error).message.split('; ');
  }
}

const withContent = (given: object) => ({ request: { contents: [{ ...content, ...given }] } });
const withAssessment = (given: object) => ({ request: { assessments: [{ ...assessment, ...given }] } });
const date = 'must be a date as yyyy-MM-dd HH:mm:ss:SSSZ, like 2020-11-24 07:34:28:089+0000';
const id = 'must be 1 to 256 characters and not blank';

describe('the body of an update', () => {
  it.each([
    ['contents', { request: { userId: 'u', contents: [content] } }],
    ['assessments', { request: { userId: 'u', assessments: [assessment] } }],
    ['neither', { request: { userId: 'u', courseId: 'c', batchId: 'b' } }],
    ['lists that are empty or null', { request: { contents: [], assessments: null } }],
    ['fields that are null', withContent({ batchId: null, lastAccessTime: null, progress: null, viewCount: null })],
    ['a date in any zone', withContent({ lastAccessTime: '2020-11-24 13:04:28:089+0530' })],
    ['a blank batch id, which is ignored later', withContent({ batchId: '' })],
    ['details of any kind', withContent({ progressdetails: [{ constructor: 'a' }] })],
    ['fields that nobody knows', withContent({ result: 'pass', grade: {} })],
    ['a numeric string as time', withAssessment({ assessmentTs: '1700000000000' })],
    ['answers of any kind', withAssessment({ events: [{ constructor: 'a', edata: 5 }] })],
  ])('is valid with %s', async (_, body) => {
    expect(await problemsOf(body)).toEqual([]);
  });

  it('each content needs contentId and status (0, 1 or 2)', async () => {
    expect(
      await problemsOf({
        request: { contents: [{}, content, { contentId: ' ', status: '1' }, { ...content, status: 3 }] },
      }),
    ).toEqual([
      `request.contents[0].contentId ${id}`,
      'request.contents[0].status must be one of the following values: 0, 1, 2',
      `request.contents[2].contentId ${id}`,
      'request.contents[2].status must be one of the following values: 0, 1, 2',
      'request.contents[3].status must be one of the following values: 0, 1, 2',
    ]);
  });

  it.each(['yesterday', '2020-11-24T07:34:28.089Z', '2020-13-24 07:34:28:089+0000', 1_700_000_000_000, ''])(
    'dates match yyyy-MM-dd HH:mm:ss:SSSZ: not %j',
    async (wrong) => {
      expect(await problemsOf(withContent({ lastAccessTime: wrong, lastCompletedTime: wrong }))).toEqual([
        `request.contents[0].lastAccessTime ${date}`,
        `request.contents[0].lastCompletedTime ${date}`,
      ]);
    },
  );

  it('each assessment needs assessmentTs, courseId, contentId, batchId, attemptId', async () => {
    expect(await problemsOf({ request: { assessments: [assessment, {}] } })).toEqual([
      'request.assessments[1].assessmentTs must be a positive number of milliseconds since the epoch',
      ...['courseId', 'contentId', 'batchId', 'attemptId'].map((name) => `request.assessments[1].${name} ${id}`),
    ]);
  });

  it.each([
    ['request.contents must be an array', { request: { contents: 'do_a' } }],
    ['request.contents: each value in contents must be an object', { request: { contents: [null] } }],
    ['request.contents[0].progress must be a number', withContent({ progress: '50' })],
    ['request.contents[0].viewCount must not be less than 0', withContent({ viewCount: -1 })],
    ['request.contents[0].completedCount must be an integer number', withContent({ completedCount: 0.5 })],
    ['request.contents[0].completedCount must not be greater than 2147483647', withContent({ completedCount: 3e9 })],
    ['request.contents[0].batchId must be a text of at most 256 characters', withContent({ batchId: 7 })],
    ['request.contents[0].userId must be a text of at most 256 characters', withContent({ userId: {} })],
    ['request.userId must be a text of at most 256 characters', { request: { userId: 'u'.repeat(257) } }],
    [
      'request.contents must contain no more than 2000 elements',
      { request: { contents: Array.from({ length: 2_001 }, () => content) } },
    ],
    ['request must be an object', { request: [] }],
  ])('is refused: %s', async (problem, body) => {
    expect(await problemsOf(body)).toContain(problem);
  });

  it('all problems are named at once, each with its path', async () => {
    const body = {
      request: { userId: 1, contents: [{ status: 1 }], assessments: [{ ...assessment, attemptId: '' }] },
    };
    expect(await problemsOf(body)).toEqual([
      'request.userId must be a text of at most 256 characters',
      `request.contents[0].contentId ${id}`,
      `request.assessments[0].attemptId ${id}`,
    ]);
  });
});
