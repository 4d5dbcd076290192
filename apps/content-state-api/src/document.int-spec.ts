import { STATE_DATE } from '@scorekeep/core/domain-content-state';
import { anEntry } from '@scorekeep/core/testing-core';
import { type OpenApiDocument } from '@scorekeep/platform/adapter-openapi';
import { ApiStage, type ListeningApi } from './api-stage.fixture';

interface Examples {
  readonly examples: Readonly<Record<string, { readonly value: object }>>;
}

/** What is used of an operation. */
interface ReplayedOperation {
  readonly requestBody: { readonly content: Readonly<Record<string, Examples>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Examples>> }>>;
}

const json = 'application/json';
const userId = 'learner-1';
const learner = { userId, courseId: 'do_course', batchId: 'batch-1' };

let stage: ApiStage;
let api: ListeningApi;

beforeAll(async () => {
  stage = await ApiStage.open(process.env);
  const { courseId: courseid, batchId: batchid } = learner;
  await stage.put('course_batch', { courseid, batchid, status: 1 });
  await stage.put('user_enrolments', { userid: userId, courseid, batchid, active: true });
  api = await stage.start();
});
afterAll(() => stage.close());

/** Of an answer that is to be like another: times and message ids differ from call to call. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, each: unknown) => {
    if (key === 'ts' || key === 'msgid' || key === 'lastUpdatedOn') return '…';
    return typeof each === 'string' && STATE_DATE.test(each) ? '…' : each;
  });
  return JSON.parse(text);
}

/** What the ingest would make of the attempt that the examples send. */
async function ingestAttempt(): Promise<void> {
  const [sent] = api.publisher.publishedTo('dev.telemetry.assess');
  const { attemptId, contentId, assessmentTs, events } = JSON.parse(Buffer.from(sent?.value ?? []).toString()) as {
    attemptId: string;
    contentId: string;
    assessmentTs: number;
    events: { edata: { score: number; item: { maxscore: number } } }[];
  };
  const score = events.reduce((sum, { edata }) => sum + edata.score, 0);
  const maxScore = events.reduce((sum, { edata }) => sum + edata.item.maxscore, 0);
  const version = { timeMs: assessmentTs, latestEtsMs: assessmentTs, questionCount: events.length, digest: 'd' };
  const metrics = { score, max_score: maxScore, attempts_count: 1 };
  await stage.book.write(learner, {
    entries: [anEntry({ attemptId, contentId, score, maxScore, version })],
    markFilled: true,
    metrics: {
      values: new Map(Object.entries(metrics).map(([name, value]) => [`${name}:${contentId}`, value])),
      writeTimeUs: 1n,
      changedOnMs: assessmentTs,
    },
  });
}

it('every example of the document works as it stands there', async () => {
  const document = JSON.parse((await api.ask('/docs/json')).text) as OpenApiDocument;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ path, method: method.toUpperCase(), operation: operation as unknown as ReplayedOperation },
    })),
  );
  // The story begins with updates, whatever the order of the document.
  const inOrder = [...operations].sort((left, right) => left.method.localeCompare(right.method));
  let replayed = 0;
  for (const { path, method, operation } of inOrder) {
    const expected = operation.responses['200']?.content[json]?.examples ?? {};
    for (const [name, { value }] of Object.entries(operation.requestBody.content[json]?.examples ?? {})) {
      const isPrivate = path.startsWith('/private/');
      const headers = isPrivate ? {} : { 'x-authenticated-user-token': stage.issuer.tokenOf(userId) };
      const { envelope } = await api.ask(path, { method, headers, body: value, isPrivate });
      expect({ path, name, answer: comparable(envelope) }).toEqual({
        path,
        name,
        answer: comparable(expected[name]?.value),
      });
      if (name === 'assessments') await ingestAttempt();
      replayed += 1;
    }
  }
  expect(replayed).toBe(13);
});
