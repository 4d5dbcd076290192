import { withRouteRules } from './route-rules';

/** A token past its expiry will do for this handler; everything else about it is checked. */
export function AcceptsExpiredToken(): MethodDecorator {
  return withRouteRules({ acceptsExpiredToken: true });
}
