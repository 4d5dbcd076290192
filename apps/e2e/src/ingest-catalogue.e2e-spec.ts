import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, IngestWorld } from './ingest-world';

const totals: Readonly<Record<string, number>> = { do_two: 2, do_three: 3 };

const answer = (id: string) => ({ ets: 1_700_000_001_000, edata: { item: { id, maxscore: 1 }, score: 1 } });
const attempt = (contentId: string, attemptId: string) =>
  JSON.stringify({
    ...{ assessmentTs: 1_700_000_000_000, userId: 'zq7secret', courseId: 'do_course', batchId: 'batch' },
    ...{ contentId, attemptId, events: ['p', 'q', 'r', 'p'].map(answer) },
  });

/** Sunbird's content service, as far as the ingest asks it. */
const contentService = createServer((request, response) => {
  const id = /^\/content\/v3\/read\/([^/]+)$/.exec(request.url ?? '')?.[1] ?? '';
  const totalQuestions = totals[id];
  response.statusCode = totalQuestions === undefined ? 404 : 200;
  const responseCode = totalQuestions === undefined ? 'RESOURCE_NOT_FOUND' : 'OK';
  response.end(JSON.stringify({ responseCode, result: { content: { identifier: id, totalQuestions } } }));
});

const listen = (port: number): Promise<number> =>
  new Promise((listening) =>
    contentService.listen(port, '127.0.0.1', () => listening((contentService.address() as AddressInfo).port)),
  );
const closed = (): Promise<unknown> =>
  new Promise((done) => {
    contentService.close(done);
    contentService.closeAllConnections();
  });

describe('the check of the number of questions', () => {
  let world: IngestWorld;
  let port: number;

  beforeAll(async () => {
    port = await listen(0);
    await closed();
    const environment = { ASSESSMENT_SKIP_MISSING_RECORDS: 'true', CONTENT_API_URL: `http://127.0.0.1:${port}` };
    world = await IngestWorld.create({ name: 'e2e_catalogue', partitions: 1, environment });
  });
  afterAll(async () => {
    await closed();
    await world.close();
  });

  /** Waits for counts of `ingest_events_total`, by outcome and reason. */
  async function untilCounted(isThere: (counts: ReadonlyMap<string, number>) => boolean): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const metrics = await fetch(`http://127.0.0.1:${world.httpPort}/metrics`).then(
        (response) => response.text(),
        () => '',
      );
      const lines = metrics.matchAll(/^ingest_events_total\{outcome="([^"]*)",reason="([^"]*)"\} (\d+)$/gm);
      const counts = [...lines].map(([, outcome, reason, count]) => [`${outcome} ${reason}`, Number(count)] as const);
      if (isThere(new Map(counts))) return;
      await delay(100);
    }
    throw new Error('the counts did not come');
  }

  it('waits for a content API that does not answer, then stores and refuses by what it says', async () => {
    const contents = ['do_two', 'do_three', 'do_unknown'];
    await world.send([
      ...contents.map((contentId, index) => ({ key: 'learner', value: attempt(contentId, `attempt-${index}`) })),
      { key: 'learner', value: 'no json' },
    ]);
    const child = world.start([]);
    const end = ended(child);
    await untilCounted((counts) => (counts.get('retried CATALOGUE.UNAVAILABLE') ?? 0) >= 6);
    expect(await world.rows('SELECT attempt_id FROM assessment_aggregator')).toEqual([]);

    await listen(port);
    await untilCounted((counts) => counts.get('done ') === 2);
    child.kill('SIGTERM');
    const { code, stdout } = await end;
    expect(code).toBe(0);
    expect(stdout).toContain('CATALOGUE.UNAVAILABLE');
    expect(stdout).not.toContain('zq7secret');

    const rows = await world.rows('SELECT content_id FROM assessment_aggregator');
    expect(rows.map((row) => row['content_id'] as string).sort()).toEqual(['do_three', 'do_unknown']);
    const failed = await world.read(world.failedTopic);
    expect(failed.map(({ headers }) => String(headers?.['validation_error'])).sort()).toEqual([
      'not JSON',
      'too many questions',
    ]);
  });
});
