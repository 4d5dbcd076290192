import { type JsonSchema } from './openapi-types';

const text = (example: string): JsonSchema => ({ type: 'string', example });

function envelope(params: JsonSchema, responseCode: JsonSchema, result: JsonSchema): JsonSchema {
  const properties = {
    id: text('api.content.state.read'),
    ver: { type: 'string', enum: ['v1'] },
    ts: { ...text('2020-11-24 07:34:28:089+0000'), description: 'UTC, `yyyy-MM-dd HH:mm:ss:SSSZ`' },
    params,
    responseCode,
    result,
  };
  return { type: 'object', required: Object.keys(properties), properties };
}

function parameters(status: JsonSchema, err: JsonSchema, errmsg: JsonSchema): JsonSchema {
  const msgid = { type: 'string', description: 'the request’s `x-request-id`, else its `params.msgid`, else a uuid' };
  const properties = { resmsgid: { type: 'string', nullable: true, enum: [null] }, msgid, err, status, errmsg };
  return { type: 'object', required: Object.keys(properties), properties };
}

const nothing: JsonSchema = { type: 'string', nullable: true, enum: [null] };

/** @param result the schema of `result` */
export function successSchema(result: JsonSchema): JsonSchema {
  return envelope(
    parameters({ type: 'string', enum: ['success'] }, nothing, nothing),
    { type: 'string', enum: ['OK'] },
    result,
  );
}

const code: JsonSchema = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' };
const message: JsonSchema = { type: 'string', description: 'what is wrong and where; all problems of a body' };

/** @param responseCode which follows from the HTTP status */
function errorSchema(responseCode: string): JsonSchema {
  const empty = { type: 'object', maxProperties: 0 };
  return envelope(parameters(code, code, message), { type: 'string', enum: [responseCode] }, empty);
}

interface ErrorResponse {
  readonly status: number;
  readonly responseCode: string;
  readonly description: string;
  readonly retryAfter?: boolean;
}

const errors = {
  Invalid: { status: 400, responseCode: 'CLIENT_ERROR', description: 'The body is not what it must be' },
  Unauthorized: { status: 401, responseCode: 'UNAUTHORIZED', description: 'No token, or one that is not good' },
  Forbidden: { status: 403, responseCode: 'FORBIDDEN', description: 'Not this caller’s to do' },
  NotFound: {
    status: 404,
    responseCode: 'RESOURCE_NOT_FOUND',
    description: 'Nothing of that name, or not the caller’s',
  },
  TooLarge: { status: 413, responseCode: 'CLIENT_ERROR', description: 'The body is too large' },
  NotJson: { status: 415, responseCode: 'CLIENT_ERROR', description: 'The body is not `application/json`' },
  TooMany: {
    status: 429,
    responseCode: 'TOO_MANY_REQUESTS',
    description: 'The user calls too often',
    retryAfter: true,
  },
  Broken: { status: 500, responseCode: 'SERVER_ERROR', description: 'An error that a retry does not mend' },
  Unavailable: {
    status: 503,
    responseCode: 'SERVER_ERROR',
    description: 'Too many requests at the moment, or a server that does not answer: to be sent again later',
    retryAfter: true,
  },
} satisfies Record<string, ErrorResponse>;

/** What of a route decides which errors it can answer with. */
export interface RouteTraits {
  /** A public route can also refuse the caller. */
  readonly isPublic: boolean;
  /** A route without a body names something by its path. */
  readonly hasBody: boolean;
}

/** Components: the responses of errors that the routes refer to, by name. */
export function errorResponses(routes: readonly RouteTraits[]): Record<string, object> {
  const names = new Set(routes.flatMap((route) => errorsOf(route).map(([name]) => name)));
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, error]) => (names.has(name) ? [[name, responseOf(error)]] : [])),
  );
}

function responseOf({ responseCode, description, retryAfter = false }: ErrorResponse): object {
  const headers = { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } };
  const content = { 'application/json': { schema: errorSchema(responseCode) } };
  return { description, ...(retryAfter ? { headers } : {}), content };
}

export function errorReferences(route: RouteTraits): Record<string, object> {
  return Object.fromEntries(
    errorsOf(route).map(([name, { status }]) => [String(status), { $ref: `#/components/responses/${name}` }]),
  );
}

const ofCallers: readonly string[] = ['Unauthorized', 'Forbidden', 'TooMany'] satisfies (keyof typeof errors)[];
const ofBodies: readonly string[] = ['TooLarge', 'NotJson'] satisfies (keyof typeof errors)[];
const ofNames: readonly string[] = ['NotFound'] satisfies (keyof typeof errors)[];

function errorsOf({ isPublic, hasBody }: RouteTraits): [string, ErrorResponse][] {
  const impossible = [...(isPublic ? [] : ofCallers), ...(hasBody ? ofNames : ofBodies)];
  return Object.entries(errors).filter(([name]) => !impossible.includes(name));
}
