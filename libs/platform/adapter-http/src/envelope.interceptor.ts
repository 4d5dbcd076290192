import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { rulesOf } from './matched-route';
import { callOf, sunbirdSuccess } from './envelope';
import { type HttpReply, type HttpRequest } from './http-types';

/** Puts results of handlers with an `@ApiId` into the success envelope, status 200. */
export class EnvelopeInterceptor implements NestInterceptor<object, object> {
  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    if (rulesOf(request).apiId === undefined) return next.handle();
    return next.handle().pipe(
      map((result) => {
        // Nest answers POST with 201 by default.
        http.getResponse<HttpReply>().code(200);
        return sunbirdSuccess(callOf(request), result, new Date());
      }),
    );
  }
}
