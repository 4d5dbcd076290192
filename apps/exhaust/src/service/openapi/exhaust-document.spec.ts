import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HttpApp, Readiness } from '@scorekeep/platform/adapter-http';
import { type OpenApiDocument } from '@scorekeep/platform/adapter-openapi';
import { createLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import Ajv from 'ajv';
import { createExhaustApi } from '../create-exhaust-api';
import { ExhaustMonitor } from '../exhaust-monitor';
import { loadExhaustServiceSettings } from '../../exhaust-service.settings';
import { ServiceConnections } from '../service-connections';
import { routeDescriptions } from './route-descriptions';

const committed = join(__dirname, '../../../openapi.json');
let app: HttpApp;
let document: OpenApiDocument;
let connections: ServiceConnections;

beforeAll(async () => {
  const configuration = await loadExhaustServiceSettings({});
  const logger = createLogger({ name: 'tested', level: 'silent', destination: 'stdout' });
  connections = new ServiceConnections(configuration, logger);
  const [readiness, metrics] = [new Readiness([]), new MetricsRegistry()];
  const monitor = new ExhaustMonitor(logger, metrics);
  const parts = { configuration, connections, monitor, logger, address: () => 'http://127.0.0.1:1' };
  app = await createExhaustApi({ ...parts, readiness, metrics }, {});
  document = JSON.parse((await app.nest.inject('/docs/json')).body) as OpenApiDocument;
});
afterAll(async () => {
  await app.close();
  await connections.close();
});

describe('the document', () => {
  it('is the one that is committed: apps/exhaust/openapi.json', () => {
    expect(document).toEqual(JSON.parse(readFileSync(committed, 'utf8')));
  });

  it('has the routes of the contract', () => {
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'GET /dataset/v1/request/list/{tag}',
      'GET /dataset/v1/request/read/{tag}',
      'GET /v1/jobrequest/list/{tag}',
      'GET /v1/jobrequest/read/{tag}',
      'POST /dataset/v1/request/submit',
      'POST /v1/jobrequest/submit',
    ]);
  });

  const examples = Object.entries(routeDescriptions).flatMap(([route, description]) =>
    Object.entries(description.examples).map(([name, example]) => ({ route, name, example })),
  );

  it.each(examples)('describes its example $name of $route', ({ route, example }) => {
    const [method = '', path = ''] = route.replaceAll(/:(\w+)/g, '{$1}').split(' ');
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addSchema({ ...document, $id: 'document' });
    const pointer = `/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method.toLowerCase()}`;
    const problemsOf = (at: string, value: object) => {
      const accepts = ajv.compile({ $ref: `document#${pointer}${at}` });
      return accepts(value) ? [] : accepts.errors;
    };
    if (example.request) {
      expect(problemsOf('/requestBody/content/application~1json/schema', example.request)).toEqual([]);
    }
    const schema = '/responses/200/content/application~1json/schema/properties/result';
    expect(problemsOf(schema, example.result)).toEqual([]);
  });
});
