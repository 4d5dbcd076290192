import { randomUUID } from 'node:crypto';
import { rulesOf } from './matched-route';
import { type HttpRequest } from './http-types';

/** The Sunbird envelope, in which every answer of an API comes. */
export interface Envelope {
  readonly id: string;
  readonly ver: 'v1';
  /** `2020-11-24 07:34:28:089+0000`, in UTC. */
  readonly ts: string;
  readonly params: {
    readonly resmsgid: null;
    readonly msgid: string;
    readonly err: string | null;
    readonly status: string;
    readonly errmsg: string | null;
  };
  readonly responseCode: string;
  readonly result: object;
}

/** Which call is answered: the API's id (`api.content.state.read`) and the caller's message id. */
export interface AnsweredCall {
  readonly apiId: string;
  readonly messageId: string;
}

const responseCodes: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'RESOURCE_NOT_FOUND',
  429: 'TOO_MANY_REQUESTS',
};

export function sunbirdSuccess({ apiId, messageId }: AnsweredCall, result: object, now: Date): Envelope {
  return {
    id: apiId,
    ver: 'v1',
    ts: envelopeTime(now),
    params: { resmsgid: null, msgid: messageId, err: null, status: 'success', errmsg: null },
    responseCode: 'OK',
    result,
  };
}

/** An error as callers see it: its code, what is wrong in words, and the HTTP status from which the response code follows. */
export interface SunbirdError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function sunbirdError({ apiId, messageId }: AnsweredCall, error: SunbirdError, now: Date): Envelope {
  return {
    id: apiId,
    ver: 'v1',
    ts: envelopeTime(now),
    params: { resmsgid: null, msgid: messageId, err: error.code, status: error.code, errmsg: error.message },
    responseCode: responseCodes[error.status] ?? (error.status >= 500 ? 'SERVER_ERROR' : 'CLIENT_ERROR'),
    result: {},
  };
}

/** The message id is the caller's: the header `x-request-id`, else `params.msgid` of the body; without either a new one. */
export function callOf(request: HttpRequest): AnsweredCall {
  const messageId = [request.headers['x-request-id'], messageIdIn(request.body)].find(isMessageId) ?? randomUUID();
  return { apiId: rulesOf(request).apiId ?? 'api.unknown', messageId };
}

function messageIdIn(body: unknown): unknown {
  const params = (body as { params?: { msgid?: unknown } | null } | null | undefined)?.params;
  return params?.msgid;
}

/** It is sent back and logged, so it must be short and plain. */
function isMessageId(candidate: unknown): candidate is string {
  return typeof candidate === 'string' && /^[\x21-\x7e]{1,128}$/.test(candidate);
}

function envelopeTime(now: Date): string {
  return now.toISOString().replace('T', ' ').replace('.', ':').replace('Z', '+0000');
}
