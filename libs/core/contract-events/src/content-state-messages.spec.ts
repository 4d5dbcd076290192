import { contentConsumptionMessage } from './content-consumption.builder';
import { enrolmentSyncMessage } from './enrolment-sync.builder';
import { invalidContentStateMessage } from './invalid-content-state.builder';
import { submittedAssessmentMessage } from './submitted-assessment.builder';

const learner = { userId: 'u', courseId: 'c', batchId: 'b' };
const parsed = (message: string): unknown => JSON.parse(message);

it('the message of content consumption says batch-enrolment-update, with status by content', () => {
  const contents = [{ contentId: 'do_a', status: 2, progress: 100 }];
  expect(parsed(contentConsumptionMessage({ ...learner, contents }, 1700, 'uuid'))).toEqual({
    eid: 'BE_JOB_REQUEST',
    ets: 1700,
    mid: 'LP.1700.uuid',
    actor: { id: 'Course Batch Updater', type: 'System' },
    context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
    object: { id: 'b_u', type: 'CourseBatchEnrolment' },
    edata: {
      action: 'batch-enrolment-update',
      iteration: 1,
      userId: 'u',
      batchId: 'b',
      courseId: 'c',
      contents: [{ contentId: 'do_a', status: 2 }],
    },
  });
});

it('the message of enrolment sync says user-enrolment-sync', () => {
  expect(parsed(enrolmentSyncMessage(learner, 1700, 'uuid'))).toEqual({
    eid: 'BE_JOB_REQUEST',
    ets: 1700,
    mid: 'LP.1700.uuid',
    actor: { type: 'System', id: 'Course Batch Updater' },
    context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
    object: { type: 'CourseBatchEnrolment', id: 'b_u' },
    edata: { action: 'user-enrolment-sync', iteration: 1, batchId: 'b', userId: 'u', courseId: 'c' },
  });
});

it.each([
  ['contents', 'invalidContents'],
  ['assessments', 'invalidAssessments'],
] as const)('what was rejected of %s goes out as it came, as %s', (kind, name) => {
  const items = [{ contentId: 'x', extra: [1] }];
  expect(parsed(invalidContentStateMessage({ validUserIds: ['me'], kind, items }, 1700))).toEqual({
    validUserIds: ['me'],
    [name]: items,
    ets: 1700,
  });
});

describe('submittedAssessmentMessage', () => {
  it('sets userId and each event’s actor.id to the acting user, and leaves the rest as it came', () => {
    const events = [
      { eid: 'ASSESS', actor: { id: 'old', type: 'Kiosk', extra: 1 }, edata: { score: 0.1 } },
      { eid: 'ASSESS' },
      'no event',
    ];
    const assessment = { assessmentTs: '1700', userId: 'old', attemptId: 'a', events, other: { kept: null } };
    expect(parsed(submittedAssessmentMessage(assessment, 'me'))).toEqual({
      ...assessment,
      userId: 'me',
      events: [
        { eid: 'ASSESS', actor: { id: 'me', type: 'Kiosk', extra: 1 }, edata: { score: 0.1 } },
        { eid: 'ASSESS', actor: { id: 'me', type: 'User' } },
        'no event',
      ],
    });
  });

  it.each([{}, { events: null }, { events: 'none' }, { events: [] }])('leaves %j without events', (given) => {
    expect(parsed(submittedAssessmentMessage({ ...given }, 'me'))).toEqual({ ...given, userId: 'me' });
  });
});
