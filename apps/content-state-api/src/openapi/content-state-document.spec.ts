import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type HttpApp, Readiness } from '@scorekeep/platform/adapter-http';
import { type OpenApiDocument } from '@scorekeep/platform/adapter-openapi';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { createLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import Ajv from 'ajv';
import { loadContentStateSettings } from '../content-state.settings';
import { createContentStateApi } from '../create-content-state-api';
import { routeDescriptions } from './route-descriptions';

const committed = join(__dirname, '../../openapi.json');
let app: HttpApp;
let document: OpenApiDocument;

beforeAll(async () => {
  const settings = loadContentStateSettings({});
  const session = new CassandraSession(settings.get(CassandraSettings));
  const [publisher, readiness, metrics] = [new RecordingPublisher(), new Readiness([]), new MetricsRegistry()];
  const logger = createLogger({ name: 'tested', level: 'silent', destination: 'stdout' });
  app = await createContentStateApi({ settings, session, publisher, readiness, metrics }, { logger });
  document = JSON.parse((await app.nest.inject('/docs/json')).body) as OpenApiDocument;
});
afterAll(() => app.close());

describe('the document', () => {
  it('is the one that is committed: apps/content-state-api/openapi.json', () => {
    expect(document).toEqual(JSON.parse(readFileSync(committed, 'utf8')));
  });

  it('has the routes of the contract', () => {
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'PATCH /v1/content/state/update',
      'PATCH /v1/user/content/state',
      'POST /private/v1/content/state/read',
      'POST /v1/content/state/read',
      'POST /v1/group/activity/agg',
    ]);
  });

  const examples = Object.entries(routeDescriptions).flatMap(([route, description]) =>
    Object.entries(description.examples).map(([name, example]) => ({ route, name, example })),
  );

  it.each(examples)('describes its example $name of $route', ({ route, example }) => {
    const [method = '', path = ''] = route.split(' ');
    const operation = document.paths[path]?.[method.toLowerCase()] as unknown as DescribedOperation;
    const success = operation.responses[200].content['application/json'];
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addSchema({ ...document, $id: 'document' });
    const pointer = `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}`;
    const problemsOf = (at: string, value: object) => {
      const accepts = ajv.compile({ $ref: `document#${pointer}${at}` });
      return accepts(value) ? [] : accepts.errors;
    };
    expect(problemsOf('/requestBody/content/application~1json/schema', example.request ?? {})).toEqual([]);
    const answers = Object.values(success.examples).map(({ value }) => value);
    expect(answers).toContainEqual(expect.objectContaining({ result: example.result }));
    for (const answer of answers) {
      expect(problemsOf('/responses/200/content/application~1json/schema', answer)).toEqual([]);
    }
  });
});

interface DescribedOperation {
  readonly responses: {
    readonly 200: {
      readonly content: {
        readonly 'application/json': { readonly examples: Record<string, { readonly value: object }> };
      };
    };
  };
}
