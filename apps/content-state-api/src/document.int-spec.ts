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

/** One call, and what the document says of it. */
interface Replay {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly sent: object;
  readonly expected: object | undefined;
}

function replaysOf(document: OpenApiDocument): Replay[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const { requestBody, responses } = operation as unknown as ReplayedOperation;
      const expected = responses['200']?.content[json]?.examples;
      return Object.entries(requestBody.content[json]?.examples ?? {}).map(
        ([name, { value }]): Replay => ({ path, method, name, sent: value, expected: expected?.[name]?.value }),
      );
    }),
  );
}

async function answerTo({ path, method, sent }: Replay): Promise<unknown> {
  const isPrivate = path.startsWith('/private/');
  const headers = isPrivate ? {} : { 'x-authenticated-user-token': stage.issuer.tokenOf(userId) };
  return (await api.ask(path, { method: method.toUpperCase(), headers, body: sent, isPrivate })).envelope;
}

it('every example of the document works as it stands there', async () => {
  const document = JSON.parse((await api.ask('/docs/json')).text) as OpenApiDocument;
  // The story begins with updates, whatever the order of the document.
  const replays = replaysOf(document).sort((left, right) => left.method.localeCompare(right.method));
  expect(replays).toHaveLength(13);
  for (const replay of replays) {
    const { path, name, expected } = replay;
    const answer = comparable(await answerTo(replay));
    expect({ path, name, answer }).toEqual({ path, name, answer: comparable(expected) });
    if (name === 'assessments') await ingestAttempt();
  }
});
