import { type JsonSchema } from '@scorekeep/platform/adapter-openapi';

const id: JsonSchema = { type: 'string' };
const points: JsonSchema = { type: 'number', description: 'points' };
const milliseconds: JsonSchema = { type: 'integer', description: 'ms since epoch' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const date = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}:\\d{3}[+-]\\d{4}$',
  description: `${description}, \`yyyy-MM-dd HH:mm:ss:SSSZ\` in API_TIME_ZONE`,
});

function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, properties };
}

const attempt = object({
  attemptId: id,
  lastAttemptedOn: milliseconds,
  totalScore: points,
  totalMaxScore: points,
});

const contentState = object(
  {
    contentId: id,
    batchId: id,
    courseId: id,
    collectionId: { ...id, description: 'the same as courseId' },
    status: { type: 'integer', enum: [0, 1, 2], description: '0 not begun, 1 begun, 2 completed' },
    progress: { type: 'integer', description: 'percent' },
    completedCount: count,
    viewCount: count,
    lastAccessTime: date('last access'),
    lastCompletedTime: date('last completion'),
    completionPercentage: { type: 'number' },
    progressdetails: { description: 'JSON, as an update gave it' },
    score: { type: 'array', items: attempt, description: 'the newest attempts, newest first' },
    bestScore: object({ totalScore: points, totalMaxScore: points, attemptId: id }),
    attemptsCount: { ...count, description: 'of all attempts, listed or not' },
  },
  [
    ...['status', 'progress', 'completedCount', 'viewCount', 'lastAccessTime', 'lastCompletedTime'],
    ...['completionPercentage', 'progressdetails', 'score', 'bestScore', 'attemptsCount'],
  ],
);

export const readResult: JsonSchema = object({ contentList: { type: 'array', items: contentState } });

export const updateResult: JsonSchema = {
  type: 'object',
  description: '`SUCCESS` by id of each content and batch that was taken over; of a sync, `response`',
  properties: {
    response: { type: 'string', enum: ['SUCCESS'] },
    BATCH_NOT_EXISTS: { type: 'array', items: id },
    NOT_A_ON_GOING_BATCH: { type: 'array', items: id },
  },
  additionalProperties: {
    anyOf: [
      { type: 'string', enum: ['SUCCESS'] },
      { type: 'array', items: id },
    ],
  },
};

const metrics: JsonSchema = {
  type: 'array',
  items: object({ metric: id, value: { type: 'number' }, lastUpdatedOn: { ...milliseconds, nullable: true } }, [
    'lastUpdatedOn',
  ]),
};

export const groupResult: JsonSchema = object({
  activity: object({ id, type: { type: 'string' }, agg: metrics }),
  members: { type: 'array', items: object({ userId: id, agg: metrics }) },
});
