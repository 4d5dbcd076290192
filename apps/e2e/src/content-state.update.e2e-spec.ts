import { topics } from '@scorekeep/core/contract-events';
import { type ApiInstance, type CallerTokens, StateWorld } from './content-state/state-world';

const course = 'do_course';
const batch = 'batch-ongoing';
const ongoing = { courseId: course, batchId: batch };
const SELECT_ROWS =
  'SELECT contentid, status, progress, completedcount, viewcount, progressdetails, last_access_time, last_completed_time, lastaccesstime, lastcompletedtime FROM user_content_consumption WHERE userid = ? AND courseid = ? AND batchid = ?';
const SELECT_LAST_READ =
  'SELECT lastreadcontentid, lastreadcontentstatus, lastcontentaccesstime FROM user_enrolments WHERE userid = ? AND courseid = ? AND batchid = ?';

let world: StateWorld;
let first: ApiInstance;
let second: ApiInstance;

beforeAll(async () => {
  world = await StateWorld.create('e2e_state_update');
  await world.addBatch(ongoing, 1);
  await world.addBatch({ courseId: course, batchId: 'batch-ended' }, 2);
  [first, second] = await Promise.all([world.startInstance(), world.startInstance()]);
});

afterAll(() => world.destroy());

const content = (contentId: string, given: object = {}) => ({
  ...{ contentId, courseId: course, batchId: batch, status: 1 },
  ...given,
});

const update = (request: object, caller: CallerTokens, { url } = first) =>
  world.call(`${url}/v1/content/state/update`, 'PATCH', request, caller);

const rowsOf = (userId: string) => world.rows(SELECT_ROWS, [userId, course, batch]);
const lastReadOf = (userId: string) => world.rows(SELECT_LAST_READ, [userId, course, batch]);

describe('PATCH /v1/content/state/update', () => {
  it('stores contents, tells others, and lets the enrolment know what was read last', async () => {
    const userId = 'reader';
    await world.enrol(userId, ongoing);
    const { status, body } = await update(
      {
        userId,
        contents: [
          content('do_a', { progress: 40, lastAccessTime: '2024-03-01 10:00:00:000+0000', viewCount: 2 }),
          content('do_b', {
            ...{ status: 2, progressdetails: { current: [3] }, collectionId: course, courseId: null },
            ...{ lastAccessTime: '2024-03-01 15:30:00:001+0530', lastCompletedTime: '2024-03-01 09:59:00:000+0000' },
          }),
        ],
      },
      { userId },
    );
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { id: 'api.content.state.update', responseCode: 'OK' },
    });
    expect(body.result).toEqual({ do_a: 'SUCCESS', do_b: 'SUCCESS', [batch]: 'SUCCESS' });
    const twins = { lastaccesstime: null, lastcompletedtime: null, completedcount: null };
    expect(await rowsOf(userId)).toEqual([
      {
        ...{ contentid: 'do_a', status: 1, progress: 0, viewcount: 2, progressdetails: null, ...twins },
        ...{ last_access_time: new Date('2024-03-01T10:00:00.000Z'), last_completed_time: null },
      },
      {
        ...{ contentid: 'do_b', status: 2, progress: 100, viewcount: null, ...twins },
        progressdetails: '{"current":[3]}',
        last_access_time: new Date('2024-03-01T10:00:00.001Z'),
        last_completed_time: new Date('2024-03-01T09:59:00.000Z'),
      },
    ]);
    expect(await lastReadOf(userId)).toEqual([
      {
        lastreadcontentid: 'do_b',
        lastreadcontentstatus: 2,
        lastcontentaccesstime: new Date('2024-03-01T10:00:00.001Z'),
      },
    ]);
    expect(await world.messagesFor(topics.courseBatchJob, userId)).toMatchObject([
      {
        eid: 'BE_JOB_REQUEST',
        object: { id: `${batch}_${userId}`, type: 'CourseBatchEnrolment' },
        edata: {
          ...{ action: 'batch-enrolment-update', iteration: 1, userId, batchId: batch, courseId: course },
          contents: [
            { contentId: 'do_a', status: 1 },
            { contentId: 'do_b', status: 2 },
          ],
        },
      },
    ]);
  });

  it('a second identical call leaves the same rows, at PATCH /v1/user/content/state too', async () => {
    const userId = 'twice';
    await world.enrol(userId, ongoing);
    const contents = [content('do_a', { progress: 50 }), content('do_b', { status: 2, viewCount: 1 })];
    await update({ contents }, { userId });
    const [rows, enrolment] = [await rowsOf(userId), await lastReadOf(userId)];
    const again = await world.call(`${second.url}/v1/user/content/state`, 'PATCH', { contents }, { userId });
    expect(again).toMatchObject({ status: 200, body: { result: { do_a: 'SUCCESS' } } });
    expect(await rowsOf(userId)).toEqual(rows);
    expect(await lastReadOf(userId)).toEqual(enrolment);
  });

  it('lists batches that are unknown or not ongoing, ignores items without one, and rejects those of others', async () => {
    const userId = 'mixed';
    const theirs = content('do_theirs', { userId: 'somebody', extra: { kept: true } });
    const { body } = await update(
      {
        contents: [
          content('do_a', { batchId: 'nowhere' }),
          content('do_b', { batchId: 'batch-ended' }),
          { contentId: 'do_c', status: 2 },
          theirs,
        ],
      },
      { userId },
    );
    expect(body.result).toEqual({ BATCH_NOT_EXISTS: ['nowhere'], NOT_A_ON_GOING_BATCH: ['batch-ended'] });
    expect(await rowsOf('somebody')).toEqual([]);
    expect(await world.messagesFor(topics.invalidContentState, 'somebody')).toEqual([
      { validUserIds: [userId], invalidContents: [theirs], ets: expect.any(Number) as number },
    ]);
  });

  it('acts for a managed user, and for nobody else', async () => {
    const caller = { userId: 'parent', requestedFor: 'child' };
    const contents = [content('do_a'), content('do_b', { userId: 'parent' }), content('do_c', { userId: 'stranger' })];
    expect((await update({ contents }, caller)).body.result).toMatchObject({ do_a: 'SUCCESS', do_b: 'SUCCESS' });
    expect(await rowsOf('child')).toMatchObject([{ contentid: 'do_a' }]);
    expect(await rowsOf('parent')).toMatchObject([{ contentid: 'do_b' }]);
    expect(await rowsOf('stranger')).toEqual([]);
  });

  it('answers 400 with all problems and their paths', async () => {
    const request = { contents: [{ status: 5 }, content('do_a', { lastAccessTime: 'today' })], assessments: [{}] };
    const { status, body } = await update(request, { userId: 'wrong' });
    expect({ status, responseCode: body.responseCode }).toEqual({ status: 400, responseCode: 'CLIENT_ERROR' });
    for (const path of [
      ...['contents[0].contentId', 'contents[0].status', 'contents[1].lastAccessTime'],
      ...['assessmentTs', 'courseId', 'contentId', 'batchId', 'attemptId'].map((name) => `assessments[0].${name}`),
    ]) {
      expect(body.params.errmsg).toContain(`request.${path} `);
    }
  });

  it('from two instances at once, later times and higher progress win', async () => {
    const userId = 'two devices';
    await world.enrol(userId, ongoing);
    const steps = [30, 70, 10, 90, 50, 60];
    const answers = await Promise.all(
      steps.map((progress, index) => {
        const lastAccessTime = `2024-03-01 10:00:00:0${progress}+0000`;
        const contents = [content('do_a', { progress, lastAccessTime }), content('do_b', { progress, lastAccessTime })];
        return update({ contents }, { userId }, index % 2 === 0 ? first : second);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(steps.map(() => 200));
    const last_access_time = new Date('2024-03-01T10:00:00.090Z');
    expect(await rowsOf(userId)).toMatchObject([
      { contentid: 'do_a', progress: 90, last_access_time },
      { contentid: 'do_b', progress: 90, last_access_time },
    ]);
    expect(await lastReadOf(userId)).toMatchObject([{ lastcontentaccesstime: last_access_time }]);
  });

  it('answers 503 and writes nothing when Kafka does not acknowledge', async () => {
    const cutOff = await world.startInstance({ KAFKA_BROKERS: '127.0.0.1:1' }, 'health/live');
    const userId = 'unheard';
    await world.enrol(userId, ongoing);
    const { status, body } = await update({ contents: [content('do_a')] }, { userId }, cutOff);
    expect({ status, responseCode: body.responseCode }).toEqual({ status: 503, responseCode: 'SERVER_ERROR' });
    expect(await rowsOf(userId)).toEqual([]);
    expect(await lastReadOf(userId)).toMatchObject([{ lastreadcontentid: null }]);
  });
});

describe('an enrolment sync', () => {
  it('is requested for a learner who is enrolled', async () => {
    await world.enrol('synced', ongoing);
    const { body } = await update({ userId: 'synced', courseId: course, batchId: batch }, { userId: 'synced' });
    expect(body.result).toEqual({ response: 'SUCCESS' });
    expect(await world.messagesFor(topics.enrolmentSync, 'synced')).toMatchObject([
      { edata: { action: 'user-enrolment-sync', iteration: 1, userId: 'synced', batchId: batch, courseId: course } },
    ]);
  });

  it.each([
    ['without an enrolment', { courseId: course, batchId: batch }, 400, 'CONTENT_STATE_NOT_ENROLLED'],
    ['without a batch', { courseId: course }, 400, 'INVALID_REQUEST'],
    ['for somebody else', { userId: 'synced', courseId: course, batchId: batch }, 403, 'CONTENT_STATE_NOT_YOURS'],
  ])('%s is refused', async (_, request, status, err) => {
    const answer = await update(request, { userId: 'not enrolled' });
    expect(answer).toMatchObject({ status, body: { params: { err } } });
  });
});
