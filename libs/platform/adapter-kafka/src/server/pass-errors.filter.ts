import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/**
 * Lets errors of handlers reach the transport as they are. Without it Nest logs them itself and passes on "Internal
 * server error". Use it on the microservice: `microservice.useGlobalFilters(new PassErrorsFilter())`.
 */
@Catch()
export class PassErrorsFilter implements RpcExceptionFilter<unknown> {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
