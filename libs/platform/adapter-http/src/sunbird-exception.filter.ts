import { type ArgumentsHost, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import { messageOf } from '@scorekeep/platform/util-errors';
import { type Logger } from '@scorekeep/platform/util-logging';
import { callOf, sunbirdError } from './envelope';
import { describeFailure, type StatusByCode } from './failure';
import { type HttpReply, type HttpRequest } from './http-types';

/** Everything that is thrown, inside a handler or before there was one, becomes an error envelope. */
export class SunbirdExceptionFilter implements ExceptionFilter {
  constructor(
    private readonly statusByCode: StatusByCode,
    private readonly logger: Logger,
    private readonly allowedMethods: (request: HttpRequest, path: string) => readonly string[],
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<HttpRequest>(), http.getResponse<HttpReply>());
  }

  answer(thrown: unknown, request: HttpRequest, reply: HttpReply): void {
    const call = callOf(request);
    const error = this.unroutable(thrown, request, reply) ?? describeFailure(thrown, this.statusByCode);
    this.log(thrown, error.status, { api: call.apiId, messageId: call.messageId });
    if (reply.sent) return;
    reply.code(error.status).send(sunbirdError(call, error, new Date()));
  }

  /** No route for this method and path: 404, or 405 when there is one for another method. */
  private unroutable(thrown: unknown, request: HttpRequest, reply: HttpReply) {
    if (!(thrown instanceof NotFoundException)) return undefined;
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = this.allowedMethods(request, path);
    if (allowed.length === 0) return { status: 404, code: 'NOT_FOUND', message: `no such path: ${path.slice(0, 200)}` };
    reply.header('allow', allowed.join(', '));
    return {
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
      message: `${request.method} is not allowed for ${path}, but ${allowed.join(', ')}`,
    };
  }

  /** ERROR is for what somebody must act on; an outage of a server heals itself. */
  private log(thrown: unknown, status: number, fields: Record<string, string>): void {
    if (status < 500) this.logger.debug(`refused: ${messageOf(thrown)}`, { ...fields, status });
    else if (status === 503) this.logger.warn(messageOf(thrown), { ...fields, error: thrown });
    else this.logger.error(messageOf(thrown), { ...fields, error: thrown });
  }
}
