import { type MethodRoute } from '@scorekeep/platform/adapter-http';
import { type BodyClass } from '@scorekeep/platform/util-http';
import { bodySchemas, type SchemaParts, schemaReference } from './body-schemas';
import { errorReferences, errorResponses, successSchema } from './envelope-schemas';
import {
  type ApiInfo,
  type OpenApiDocument,
  type Operation,
  type RouteDescription,
  type RouteDescriptions,
} from './openapi-types';
import { badDescriptions } from './openapi.errors';

export interface DocumentParts extends SchemaParts {
  readonly info: ApiInfo;
  readonly descriptions: RouteDescriptions;
}

/** A route of an API: its results come in the envelope. */
interface ApiRoute {
  readonly method: string;
  readonly url: string;
  readonly apiId: string;
  readonly bodyClass: BodyClass;
}

const CALLER = 'callerToken';
const MANAGED = {
  in: 'header',
  name: 'x-authenticated-for',
  required: false,
  description: 'token of a managed user (`parentId` is the caller), on whose behalf the caller acts',
  schema: { type: 'string' },
};
const MESSAGE_ID = {
  in: 'header',
  name: 'x-request-id',
  required: false,
  description: 'comes back as `params.msgid`',
  schema: { type: 'string', maxLength: 128 },
};
const tags = [
  { name: 'public', description: 'For learners’ apps, on HTTP_PORT' },
  { name: 'private', description: 'For other services, on HTTP_PRIVATE_PORT' },
];

/**
 * The document of all routes that have an API id and a body.
 * @throws OPENAPI.BAD_DESCRIPTIONS when such a route has no description, or a description no route
 */
export function openApiDocument(
  { info, descriptions, ...schemas }: DocumentParts,
  routes: readonly MethodRoute[],
): OpenApiDocument {
  const described = routes
    .flatMap(apiRoute)
    .map((route) => ({ route, description: descriptionOf(route, descriptions) }));
  requireRoutes(
    descriptions,
    described.map(({ route }) => keyOf(route)),
  );
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { route, description } of described) {
    paths[route.url] = { ...paths[route.url], [route.method.toLowerCase()]: operation(route, description) };
  }
  return {
    openapi: '3.0.3',
    info,
    tags,
    paths,
    components: {
      schemas: bodySchemas(
        described.map(({ route }) => route.bodyClass),
        schemas,
      ),
      responses: errorResponses(),
      securitySchemes: { [CALLER]: { type: 'apiKey', in: 'header', name: 'x-authenticated-user-token' } },
    },
  };
}

function apiRoute({ method, url, config: { apiId, bodyClass } = {} }: MethodRoute): ApiRoute[] {
  return apiId === undefined || bodyClass === undefined ? [] : [{ method, url, apiId, bodyClass }];
}

function keyOf({ method, url }: ApiRoute): string {
  return `${method} ${url}`;
}

function descriptionOf(route: ApiRoute, descriptions: RouteDescriptions): RouteDescription {
  const description = descriptions[keyOf(route)];
  if (!description) throw badDescriptions(`${keyOf(route)} is not described`);
  return description;
}

function requireRoutes(descriptions: RouteDescriptions, routes: readonly string[]): void {
  const unknown = Object.keys(descriptions).filter((key) => !routes.includes(key));
  if (unknown.length > 0) throw badDescriptions(`there is no route ${unknown.join(', ')}`);
}

function operation(route: ApiRoute, { summary, description, result, examples }: RouteDescription): Operation {
  const isPublic = !route.url.startsWith('/private/');
  const [sent, received] = [mapped(examples, ({ request }) => request), mapped(examples, (example) => example.result)];
  return {
    operationId: `${route.method.toLowerCase()}${route.url.replaceAll(/[^a-z0-9]+/gi, '_')}`,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [isPublic ? 'public' : 'private'],
    security: isPublic ? [{ [CALLER]: [] }] : [],
    parameters: isPublic ? [MANAGED, MESSAGE_ID] : [MESSAGE_ID],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaReference(route.bodyClass), examples: sent } },
    },
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: successSchema(result), examples: enveloped(received, route.apiId) } },
      },
      ...errorReferences(isPublic),
    },
  };
}

type Examples = Record<string, { readonly summary: string; readonly value: object }>;

function mapped(
  examples: RouteDescription['examples'],
  value: (example: RouteDescription['examples'][string]) => object,
): Examples {
  return Object.fromEntries(
    Object.entries(examples).map(([name, example]) => [name, { summary: example.summary, value: value(example) }]),
  );
}

function enveloped(results: Examples, id: string): Examples {
  const params = {
    resmsgid: null,
    msgid: '1d8e8a1c-4c3f-4d8e-9b57-0a6f0d1b2c3d',
    err: null,
    status: 'success',
    errmsg: null,
  };
  const head = { id, ver: 'v1', ts: '2020-11-24 07:34:28:089+0000', params, responseCode: 'OK' };
  return Object.fromEntries(
    Object.entries(results).map(([name, { summary, value }]) => [name, { summary, value: { ...head, result: value } }]),
  );
}
