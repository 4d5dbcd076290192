import { type JsonSchema } from '@scorekeep/platform/adapter-openapi';

const id: JsonSchema = { type: 'string' };
const milliseconds: JsonSchema = { type: 'integer', description: 'ms since epoch' };
const maybe = (schema: JsonSchema): JsonSchema => ({ ...schema, nullable: true });

function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, properties };
}

/** A request as it is read. */
export const requestResult: JsonSchema = object({
  requestId: { ...id, description: 'upper-case hex MD5 of what was asked for' },
  tag: { ...id, description: '`<tag>:<channel>`' },
  dataset: { type: 'string', enum: ['response-exhaust', 'progress-exhaust'] },
  requestedBy: id,
  requestedChannel: id,
  status: { type: 'string', enum: ['SUBMITTED', 'PROCESSING', 'SUCCESS', 'FAILED'] },
  lastUpdated: milliseconds,
  datasetConfig: { type: 'object' },
  outputFormat: { type: 'string', enum: ['csv', 'csv.gz', 'parquet'] },
  downloadUrls: { type: 'array', items: { type: 'string' }, description: 'a file per batch; they expire' },
  expiresAt: maybe({ ...milliseconds, description: 'when the links end, ms since epoch' }),
  jobStats: object({
    dtJobSubmitted: milliseconds,
    dtJobCompleted: maybe(milliseconds),
    executionTime: maybe({ type: 'integer', description: 'of the last run, ms' }),
  }),
  progress: object({
    rows: { type: 'integer', minimum: 0, description: 'written so far' },
    percent: { type: 'integer', minimum: 0, maximum: 100, description: 'of the learners' },
  }),
  attempts: { type: 'integer', minimum: 0, description: 'tries' },
  statusMessage: maybe({ type: 'string', description: 'how far it is, or why it failed' }),
});

/** A page of requests. */
export const listResult: JsonSchema = object(
  {
    count: { type: 'integer', minimum: 0, description: 'jobs on this page' },
    jobs: { type: 'array', items: requestResult },
    cursor: { type: 'string', description: 'for the next page; absent on the last one' },
  },
  ['cursor'],
);
