import { type RouteDescription, type RouteDescriptions } from '@scorekeep/platform/adapter-openapi';
import { listResult, requestResult } from './result-schemas';

const submitted = {
  requestId: '0C7B2F0F6B8E4C3E8C5C5B9A55E0A7D1',
  tag: 'do_course_batch-1:channel-1',
  dataset: 'response-exhaust',
  requestedBy: 'official-1',
  requestedChannel: 'channel-1',
  status: 'SUBMITTED',
  lastUpdated: 1709269200000,
  datasetConfig: { batchId: 'batch-1' },
  outputFormat: 'csv',
  downloadUrls: [],
  expiresAt: null,
  jobStats: { dtJobSubmitted: 1709269200000, dtJobCompleted: null, executionTime: null },
  progress: { rows: 0, percent: 0 },
  attempts: 0,
  statusMessage: null,
};
const done = {
  ...submitted,
  status: 'SUCCESS',
  lastUpdated: 1709269202100,
  downloadUrls: ['https://store.example/reports/batch-1_response_20240301.csv?signature=…'],
  expiresAt: 1709355602100,
  jobStats: { dtJobSubmitted: 1709269200000, dtJobCompleted: 1709269202100, executionTime: 1900 },
  progress: { rows: 2000, percent: 100 },
  attempts: 1,
};

const channel = {
  in: 'header',
  name: 'x-channel-id',
  required: false,
  description: 'the caller’s channel; with a token it may be left out, and must be that of the token’s user',
  schema: { type: 'string' },
};
const tag = {
  in: 'path',
  name: 'tag',
  required: true,
  description: 'as it was submitted, or with its channel: `<tag>:<channel>`',
  schema: { type: 'string' },
};
const query = (name: string, description: string, schema: object, required = false) => ({
  ...{ in: 'query', name, required, description, schema },
});

const submit: RouteDescription = {
  summary: 'Asks for reports of one or more batches',
  description:
    'The same request as an open one, with the same password, joins it; one that has ended runs again. At most ' +
    'EXHAUST_OPEN_REQUESTS_MAX requests of a channel are open, then 429. One file per batch.',
  parameters: [channel],
  result: requestResult,
  examples: {
    one: {
      summary: 'All answers of a batch',
      request: {
        request: {
          ...{ tag: 'do_course_batch-1', requestedBy: 'official-1', dataset: 'response-exhaust' },
          ...{ datasetConfig: { batchId: 'batch-1' }, output_format: 'csv' },
        },
      },
      result: submitted,
    },
    several: {
      summary: 'Several batches, encrypted',
      request: {
        request: {
          ...{ tag: 'do_course_batch-1', dataset: 'progress-exhaust', encryptionKey: 'correct horse battery' },
          datasetConfig: { batchFilter: ['batch-1', 'batch-2'] },
        },
      },
      result: { ...submitted, dataset: 'progress-exhaust', datasetConfig: { batchFilter: ['batch-1', 'batch-2'] } },
    },
  },
};

const read: RouteDescription = {
  summary: 'How far a request is, and links to its files',
  description: 'Each link handed out is recorded. Requests of other channels are not there: 404.',
  parameters: [tag, query('requestId', 'of the submission’s answer', { type: 'string' }, true), channel],
  result: requestResult,
  examples: { done: { summary: 'A request that has succeeded', result: done } },
};

const list: RouteDescription = {
  summary: 'The requests of a tag, newest submission first',
  parameters: [
    tag,
    query('limit', 'jobs a page', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
    query('cursor', 'of the page before', { type: 'string' }),
    channel,
  ],
  result: listResult,
  examples: { page: { summary: 'A page', result: { count: 1, jobs: [done] } } },
};

const alias = (description: RouteDescription, name: string): RouteDescription => ({
  ...description,
  description: `Another name of \`${name}\`.`,
});

export const routeDescriptions: RouteDescriptions = {
  'POST /dataset/v1/request/submit': submit,
  'POST /v1/jobrequest/submit': alias(submit, 'POST /dataset/v1/request/submit'),
  'GET /dataset/v1/request/read/:tag': read,
  'GET /v1/jobrequest/read/:tag': alias(read, 'GET /dataset/v1/request/read/{tag}'),
  'GET /dataset/v1/request/list/:tag': list,
  'GET /v1/jobrequest/list/:tag': alias(list, 'GET /dataset/v1/request/list/{tag}'),
};
