import { withRouteRules } from './route-rules';

/**
 * The handler answers anybody, on both ports. Without it a public route wants a token, and is off where none can be
 * checked.
 */
export function OpenRoute(): MethodDecorator {
  return withRouteRules({ isOpen: true });
}
