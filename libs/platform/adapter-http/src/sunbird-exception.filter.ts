import { type ArgumentsHost, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { type Logger } from '@scorekeep/platform/util-logging';
import { callOf, sunbirdError } from './envelope';
import { describeFailure, type Failure, type StatusByCode } from './failure';
import { type HttpReply, type HttpRequest } from './http-types';
import { PacedLog } from './paced-log';

const OUTAGE_LOG_INTERVAL_MS = 5_000;
const LONGEST_PATH_SHOWN = 200;

export interface ExceptionFilterParts {
  readonly statusByCode: StatusByCode;
  readonly logger: Logger;
  /** Methods of the routes to which the path leads, as far as this request may reach them. */
  readonly allowedMethods: (request: HttpRequest, path: string) => readonly string[];
  /** Told the code of every AppError. */
  readonly onFailure: (code: string) => void;
}

/** Everything that is thrown, inside a handler or before there was one, becomes an error envelope. */
export class SunbirdExceptionFilter implements ExceptionFilter {
  private readonly outages = new PacedLog(OUTAGE_LOG_INTERVAL_MS, () => performance.now());

  constructor(private readonly parts: ExceptionFilterParts) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<HttpRequest>(), http.getResponse<HttpReply>());
  }

  answer(thrown: unknown, request: HttpRequest, reply: HttpReply): void {
    const call = callOf(request);
    const failure = this.unroutable(thrown, request, reply) ?? describeFailure(thrown, this.parts.statusByCode);
    if (thrown instanceof AppError) this.parts.onFailure(thrown.code);
    this.log(thrown, failure.status, { api: call.apiId, messageId: call.messageId });
    if (reply.sent) return;
    if (failure.retryAfterS !== undefined) reply.header('retry-after', String(failure.retryAfterS));
    reply.code(failure.status).send(sunbirdError(call, failure, new Date()));
  }

  /** No route for this method and path: 404, or 405 when there is one for another method. */
  private unroutable(thrown: unknown, request: HttpRequest, reply: HttpReply): Failure | undefined {
    if (!(thrown instanceof NotFoundException)) return undefined;
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = this.parts.allowedMethods(request, path);
    const [allowed, shown] = [methods.join(', '), path.slice(0, LONGEST_PATH_SHOWN)];
    if (allowed === '' || methods.includes(request.method))
      return { status: 404, code: 'NOT_FOUND', message: `no such path: ${shown}` };
    reply.header('allow', allowed);
    const message = `${request.method} is not allowed for ${shown}, but ${allowed}`;
    return { status: 405, code: 'METHOD_NOT_ALLOWED', message };
  }

  /** ERROR is for what somebody must act on; an outage of a server heals itself. */
  private log(thrown: unknown, status: number, fields: Record<string, string>): void {
    const { logger } = this.parts;
    if (status < 500) logger.debug(`refused: ${messageOf(thrown)}`, { ...fields, status });
    else if (status === 503) this.logOutage(thrown, fields);
    else logger.error(messageOf(thrown), { ...fields, error: thrown });
  }

  private logOutage(thrown: unknown, fields: Record<string, string>): void {
    const suppressed = this.outages.take(thrown instanceof AppError ? thrown.code : 'other');
    if (suppressed === undefined) return;
    const more = suppressed === 0 ? {} : { notLogged: suppressed };
    this.parts.logger.warn(messageOf(thrown), { ...fields, ...more, error: thrown });
  }
}
