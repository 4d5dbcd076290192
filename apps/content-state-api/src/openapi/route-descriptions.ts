import { type RouteDescription, type RouteDescriptions, type RouteExample } from '@scorekeep/platform/adapter-openapi';
import { groupResult, readResult, updateResult } from './result-schemas';

/**
 * One learner's story: the examples work one after the other as they stand here, on a system that knows the batch
 * `batch-1` of `do_course` (ongoing) and the learner's enrolment, when the caller is `learner-1`.
 */
const learner = { userId: 'learner-1', courseId: 'do_course', batchId: 'batch-1' };
const { courseId, batchId, userId } = learner;
const inBatch = { batchId, courseId, collectionId: courseId };
const assessedOn = Date.UTC(2024, 2, 1, 5);

const updateExamples: Record<string, RouteExample> = {
  contents: {
    summary: 'How far a learner got with a video',
    request: {
      request: {
        userId,
        contents: [
          {
            ...{ contentId: 'do_video', courseId, batchId, status: 1, progress: 40 },
            ...{ lastAccessTime: '2024-03-01 10:00:00:000+0530', progressdetails: { mimeType: 'video/mp4' } },
          },
        ],
      },
    },
    result: { do_video: 'SUCCESS', [batchId]: 'SUCCESS' },
  },
  assessments: {
    summary: 'The answers of an attempt',
    request: {
      request: {
        userId,
        assessments: [
          {
            ...{ assessmentTs: assessedOn, courseId, batchId, contentId: 'do_quiz', attemptId: 'attempt-1' },
            events: [
              {
                ...{ eid: 'ASSESS', ets: assessedOn, ver: '3.1', mid: 'ASSESS:1' },
                actor: { id: userId, type: 'User' },
                edata: { item: { id: 'question-1', maxscore: 2, type: 'mcq' }, score: 1.5, duration: 4 },
              },
            ],
          },
        ],
      },
    },
    result: { do_quiz: 'SUCCESS', [batchId]: 'SUCCESS' },
  },
  unknownBatch: {
    summary: 'A batch that is not there',
    request: { request: { contents: [{ contentId: 'do_video', courseId, batchId: 'batch-9', status: 1 }] } },
    result: { BATCH_NOT_EXISTS: ['batch-9'] },
  },
  sync: {
    summary: 'An enrolment that is to be brought up to date',
    request: { request: learner },
    result: { response: 'SUCCESS' },
  },
};

const update: RouteDescription = {
  summary: 'Takes over how far a learner got, and the answers of their attempts',
  description:
    'Answered once Kafka has acknowledged everything and the rows are written; may be sent again after any failure. ' +
    'Later times and higher progress win. Without `contents` and `assessments` it asks for the enrolment to be ' +
    'brought up to date. The token may be past its expiry. Items of users other than the caller and the managed ' +
    'user are set aside and not in the answer.',
  result: updateResult,
  examples: updateExamples,
};

const quiz = {
  ...inBatch,
  ...{ contentId: 'do_quiz', status: 2, progress: 100, lastAccessTime: '2024-03-01 05:00:00:000+0000' },
  lastCompletedTime: '2024-03-01 05:00:00:000+0000',
  score: [{ attemptId: 'attempt-1', lastAttemptedOn: assessedOn, totalScore: 1.5, totalMaxScore: 2 }],
  bestScore: { totalScore: 1.5, totalMaxScore: 2, attemptId: 'attempt-1' },
  attemptsCount: 1,
};
const video = {
  ...inBatch,
  ...{ contentId: 'do_video', status: 1, progress: 0, lastAccessTime: '2024-03-01 04:30:00:000+0000' },
  progressdetails: { mimeType: 'video/mp4' },
};

/** @param of fields by which the request says whose state it wants */
function readExamples(of: object): Record<string, RouteExample> {
  const asked = { ...of, courseId, batchId };
  return {
    progress: {
      summary: 'Progress of one content',
      request: { request: { ...asked, contentIds: ['do_video'], fields: ['progress'] } },
      result: { contentList: [video] },
    },
    score: {
      summary: 'All contents, with attempts and scores',
      request: { request: { ...asked, fields: ['progress', 'score'] } },
      result: { contentList: [quiz, video] },
    },
  };
}

const group: RouteDescription = {
  summary: 'Scores and progress of the members of a group in one course',
  result: groupResult,
  examples: {
    members: {
      summary: 'Two users, one of whom takes part',
      request: { request: { activityId: courseId, activityType: 'Course', userIds: [userId, 'learner-2'] } },
      result: {
        activity: {
          id: courseId,
          type: 'Course',
          agg: [{ metric: 'enrolmentCount', value: 1, lastUpdatedOn: assessedOn }],
        },
        members: [
          {
            userId,
            agg: [
              { metric: 'attempts_count:do_quiz', value: 1, lastUpdatedOn: assessedOn },
              { metric: 'max_score:do_quiz', value: 2, lastUpdatedOn: assessedOn },
              { metric: 'score:do_quiz', value: 1.5, lastUpdatedOn: assessedOn },
            ],
          },
        ],
      },
    },
  },
};

export const routeDescriptions: RouteDescriptions = {
  'PATCH /v1/content/state/update': update,
  'PATCH /v1/user/content/state': { ...update, description: 'Another name of `PATCH /v1/content/state/update`.' },
  'POST /v1/content/state/read': {
    summary: 'How far the caller, or the managed user, got in a course',
    result: readResult,
    examples: readExamples({}),
  },
  'POST /private/v1/content/state/read': {
    summary: 'How far a learner got in a course',
    result: readResult,
    examples: readExamples({ userId }),
  },
  'POST /v1/group/activity/agg': group,
};
