import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { timedOut } from './http.errors';
import { type HttpRequest } from './http-types';
import { rulesOf } from './matched-route';
import { type RequestGate } from './request-gate';

/**
 * Lets requests of all but open routes through the gate, and answers for those that take too long. Their work goes on
 * and keeps its place, since whatever it waits for has a limit of its own: the gate counts work, not answers.
 */
export class RequestGateInterceptor implements NestInterceptor<object, object> {
  constructor(
    private readonly gate: RequestGate,
    private readonly timeoutMs: number,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    if (rulesOf(context.switchToHttp().getRequest<HttpRequest>()).isOpen) return next.handle();
    return from(this.inTime(this.gate.run(() => lastValueFrom(next.handle()))));
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(timedOut(this.timeoutMs)), this.timeoutMs);
    });
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
