import { type MethodRoute } from '@scorekeep/platform/adapter-http';
import { type BodyClass } from '@scorekeep/platform/util-http';
import { bodySchemas, type SchemaParts, schemaReference } from './body-schemas';
import { errorReferences, errorResponses, type RouteTraits, successSchema } from './envelope-schemas';
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
interface ApiRoute extends RouteTraits {
  readonly method: string;
  readonly url: string;
  readonly apiId: string;
  readonly bodyClass: BodyClass | undefined;
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
 * The document of all routes that have an API id.
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
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, description) };
  }
  return {
    openapi: '3.0.3',
    info,
    tags,
    paths,
    components: {
      schemas: bodySchemas(
        described.flatMap(({ route }) => route.bodyClass ?? []),
        schemas,
      ),
      responses: errorResponses(described.map(({ route }) => route)),
      securitySchemes: { [CALLER]: { type: 'apiKey', in: 'header', name: 'x-authenticated-user-token' } },
    },
  };
}

function apiRoute({ method, url, config: { apiId, bodyClass } = {} }: MethodRoute): ApiRoute[] {
  // Fastify answers HEAD wherever it answers GET.
  if (apiId === undefined || method === 'HEAD') return [];
  return [{ method, url, apiId, bodyClass, isPublic: !url.startsWith('/private/'), hasBody: bodyClass !== undefined }];
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

function operation(route: ApiRoute, description: RouteDescription): Operation {
  const { isPublic, bodyClass } = route;
  const { summary, result, examples, parameters = [] } = description;
  return {
    operationId: `${route.method.toLowerCase()}${route.url.replaceAll(/[^a-z0-9]+/gi, '_')}`,
    summary,
    ...(description.description === undefined ? {} : { description: description.description }),
    tags: [isPublic ? 'public' : 'private'],
    security: isPublic ? [{ [CALLER]: [] }] : [],
    parameters: [...parameters, ...(isPublic ? [MANAGED, MESSAGE_ID] : [MESSAGE_ID])],
    ...(bodyClass ? { requestBody: requestBody(bodyClass, examples) } : {}),
    responses: {
      200: {
        description: 'Done',
        content: {
          'application/json': {
            schema: successSchema(result),
            examples: enveloped(
              mapped(examples, (example) => example.result),
              route.apiId,
            ),
          },
        },
      },
      ...errorReferences(route),
    },
  };
}

function requestBody(bodyClass: BodyClass, examples: RouteDescription['examples']): object {
  const sent = mapped(examples, ({ request = {} }) => request);
  return {
    required: true,
    content: { 'application/json': { schema: schemaReference(bodyClass), examples: sent } },
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
