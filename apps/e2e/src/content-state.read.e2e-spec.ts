import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '@scorekeep/core/contract-events';
import { DemoServers, parseDemoOptions, Story } from '../../../tools/demo/src';
import { runbookCalls } from './content-state/runbook-calls';
import { type ApiInstance, type CallerTokens, send, StateWorld } from './content-state/state-world';

const course = 'do_course';
const batch = 'batch-ongoing';

let world: StateWorld;
let api: ApiInstance;

beforeAll(async () => {
  world = await StateWorld.create('e2e_state_read');
  await world.addBatch({ courseId: course, batchId: batch }, 1);
  api = await world.startInstance();
});

afterAll(() => world.destroy());

const update = (request: object, caller: CallerTokens) =>
  world.call(`${api.url}/v1/content/state/update`, 'PATCH', request, caller);

const read = (given: object, caller: CallerTokens) =>
  world.call(`${api.url}/v1/content/state/read`, 'POST', { courseId: course, batchId: batch, ...given }, caller);

describe('an assessment', () => {
  const userId = 'assessed';
  const sample = JSON.parse(readFileSync(join(__dirname, 'content-state/assessment.sample.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const assessment = (given: object) => ({
    ...sample,
    courseId: course,
    batchId: batch,
    contentId: 'do_quiz',
    ...given,
  });

  it('is scored, and read back: attempts newest first, best score and count, with its content completed', async () => {
    const assessments = [
      assessment({ attemptId: 'attempt-1', assessmentTs: Date.UTC(2024, 2, 1) }),
      assessment({ attemptId: 'attempt-2', assessmentTs: String(Date.UTC(2024, 2, 2)), events: [] }),
    ];
    const { body } = await update({ userId, assessments }, { userId });
    expect(body.result).toEqual({ do_quiz: 'SUCCESS', [batch]: 'SUCCESS' });
    const sent = await world.messagesFor(topics.assess, userId);
    expect(sent).toMatchObject([
      { userId, attemptId: 'attempt-1', events: [{ eid: 'ASSESS', actor: { id: userId, type: 'User' } }, {}] },
      { userId, attemptId: 'attempt-2', events: [] },
    ]);
    await world.ingest();
    const scored = await read({ fields: ['score'] }, { userId });
    expect(scored.body.result).toMatchObject({
      contentList: [
        {
          ...{ contentId: 'do_quiz', batchId: batch, courseId: course, collectionId: course, status: 2, progress: 100 },
          lastAccessTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d{3}\+0000$/) as string,
          score: [{ attemptId: 'attempt-1', lastAttemptedOn: Date.UTC(2024, 2, 1), totalScore: 1.5, totalMaxScore: 3 }],
          bestScore: { attemptId: 'attempt-1', totalScore: 1.5, totalMaxScore: 3 },
          attemptsCount: 1,
        },
      ],
    });
    const withoutScore = (await read({}, { userId })).body.result['contentList'];
    expect(withoutScore).toEqual([expect.not.objectContaining({ score: expect.anything() as unknown })]);
  });

  it('has the same score after its answers were archived and deleted', async () => {
    const before = await read({ fields: ['score'] }, { userId });
    await world.rows('DELETE FROM assessment_aggregator WHERE user_id = ? AND course_id = ?', [userId, course]);
    expect((await read({ fields: ['score'] }, { userId })).body.result).toEqual(before.body.result);
  });

  it('of a learner whom the reference scored counts from the attempt rows, and from what its metrics say of others', async () => {
    const legacy = { user_id: 'legacy', course_id: course, batch_id: batch, content_id: 'do_quiz' };
    const at = (day: number) => new Date(Date.UTC(2023, 0, day));
    for (const [attemptId, day, score] of [
      ['old-1', 1, 2],
      ['old-2', 2, 1],
    ] as const) {
      await world.insert('assessment_aggregator', {
        ...{ ...legacy, attempt_id: attemptId, total_score: score, total_max_score: 3, grand_total: `${score}.0/3.0` },
        ...{ created_on: at(day), updated_on: at(day), last_attempted_on: at(day) },
      });
    }
    await world.insert('user_activity_agg', {
      ...{ activity_type: 'Course', activity_id: course, user_id: 'legacy', context_id: `cb:${batch}` },
      agg: { 'score:do_quiz': 3, 'max_score:do_quiz': 3, 'attempts_count:do_quiz': 3 },
    });
    expect((await read({ fields: ['score'] }, { userId: 'legacy' })).body.result['contentList']).toEqual([
      {
        ...{ contentId: 'do_quiz', batchId: batch, courseId: course, collectionId: course },
        score: [
          { attemptId: 'old-2', lastAttemptedOn: at(2).getTime(), totalScore: 1, totalMaxScore: 3 },
          { attemptId: 'old-1', lastAttemptedOn: at(1).getTime(), totalScore: 2, totalMaxScore: 3 },
        ],
        bestScore: { attemptId: '', totalScore: 3, totalMaxScore: 3 },
        attemptsCount: 3,
      },
    ]);
  });

  it('counts in the group’s aggregates', async () => {
    const request = { activityId: course, activityType: 'Course', userIds: [userId, 'nobody'] };
    const { status, body } = await world.call(`${api.url}/v1/group/activity/agg`, 'POST', request, {
      userId: 'mentor',
    });
    expect(status).toBe(200);
    expect(body.result).toEqual({
      activity: {
        ...{ id: course, type: 'Course' },
        agg: [{ metric: 'enrolmentCount', value: 1, lastUpdatedOn: expect.any(Number) as number }],
      },
      members: [
        {
          userId,
          agg: [
            ['attempts_count:do_quiz', 1],
            ['max_score:do_quiz', 3],
            ['score:do_quiz', 1.5],
          ].map(([metric, value]) => ({ metric, value, lastUpdatedOn: expect.any(Number) as number })),
        },
      ],
    });
  });
});

describe('POST /v1/content/state/read', () => {
  const userId = 'stored';
  const key = { userid: userId, courseid: course, batchid: batch };

  beforeAll(async () => {
    await world.insert('user_content_consumption', {
      ...{ ...key, contentid: 'do_full', status: 2, progress: 100, completedcount: 1, viewcount: 3 },
      ...{ last_access_time: new Date('2020-11-24T07:34:28.089Z'), lastaccesstime: '2019-01-01 00:00:00:000+0000' },
      ...{
        lastcompletedtime: '2020-11-24 13:04:28:090+0530',
        completionpercentage: 87.5,
        progressdetails: '{"a":[1]}',
      },
    });
    await world.insert('user_content_consumption', { ...key, contentid: 'do_broken', progressdetails: '{broken' });
  });

  const names = { batchId: batch, courseId: course, collectionId: course };
  const full = {
    ...{ ...names, contentId: 'do_full', status: 2, progress: 100, completedCount: 1, viewCount: 3 },
    ...{ lastAccessTime: '2020-11-24 07:34:28:089+0000', lastCompletedTime: '2020-11-24 07:34:28:090+0000' },
    ...{ completionPercentage: 87.5, progressdetails: { a: [1] } },
  };

  it('gives all that is stored of the caller’s contents; broken details do not break it', async () => {
    const { status, body } = await read({ userId: 'somebody else' }, { userId });
    expect({ status, id: body.id }).toEqual({ status: 200, id: 'api.content.state.read' });
    expect(body.result).toEqual({ contentList: [{ ...names, contentId: 'do_broken' }, full] });
  });

  it('gives the contents asked for, of the managed user when there is one', async () => {
    const caller = { userId: 'parent', requestedFor: userId };
    expect((await read({ contentIds: ['do_full', 'do_none'] }, caller)).body.result).toEqual({ contentList: [full] });
  });

  it('is private too, with the user of the body, on the private port alone', async () => {
    const request = { userId, batchId: batch, courseIds: [course], contentIds: ['do_full'] };
    const path = '/private/v1/content/state/read';
    expect((await send(`${api.privateUrl}${path}`, 'POST', request)).body.result).toEqual({ contentList: [full] });
    expect((await send(`${api.url}${path}`, 'POST', request)).status).toBe(404);
  });

  it('wants a course and a batch', async () => {
    const { status, body } = await read({ courseId: undefined, batchId: '' }, { userId });
    expect(status).toBe(400);
    expect(body.params.errmsg).toMatch(/request\.courseId .*; request\.batchId /);
  });
});

describe('the curl lines of the runbook', () => {
  const calls = runbookCalls(join(__dirname, '../../content-state-api/README.md'));
  const learner = { userId: '043688aa-cce2-496c-ab1b-4bddfbfaec3a', courseId: 'do_d_course_2', batchId: '01d00000002' };
  let trusting: ApiInstance;

  beforeAll(async () => {
    await world.addBatch(learner, 1);
    await world.enrol(learner.userId, learner);
    trusting = await world.startInstance({ AUTH_MODE: 'header' });
  });

  it.each(calls)('work as they are: $method $url', async ({ method, url, headers, body }) => {
    const own = url.replace('localhost:3002', trusting.url).replace('localhost:3012', trusting.privateUrl);
    const response = await fetch(own, { method, headers, ...(body === undefined ? {} : { body }) });
    expect({ status: response.status, text: await response.text() }).toMatchObject({
      status: 200,
      text: expect.stringMatching(/"responseCode":"OK"|"status":"ready"/) as unknown,
    });
  });

  it('are about a learner of the demo', () => {
    const demo = { ...world.world, options: parseDemoOptions([]) ?? world.world.options };
    const { data } = new Story(demo, new DemoServers(demo), Date.now());
    const isTheirs = ({ userId, batchId }: { userId: string; batchId: string }): boolean =>
      userId === learner.userId && batchId === learner.batchId;
    expect(data.enrolments.filter(isTheirs)).toEqual([{ ...learner, active: true }]);
    expect(data.submissions.filter(isTheirs).map(({ content: { id } }) => id)).toContain('do_d_quiz_2_1');
    expect(calls.length).toBeGreaterThanOrEqual(6);
  });
});
