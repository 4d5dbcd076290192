import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError } from '@scorekeep/platform/util-errors';
import { type Caller } from './caller';

/** For a parameter of a public route's handler: the `Caller` whose token was checked. */
export const AuthenticatedCaller: () => ParameterDecorator = createParamDecorator((_, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest()),
);

/** A private or an open route has no caller; asking for one is a mistake in the controller. */
function callerOf({ caller }: { readonly caller?: Caller }): Caller {
  if (caller === undefined) throw new AppError('HTTP.NO_CALLER', 'this route knows no caller: it is private or open');
  return caller;
}
