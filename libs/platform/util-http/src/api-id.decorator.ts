import { withRouteRules } from './route-rules';

/**
 * Names the API that a handler answers: its result comes in a success envelope with this id, its errors in an error
 * envelope. Handlers without it answer plainly.
 */
export function ApiId(apiId: string): MethodDecorator {
  return withRouteRules({ apiId });
}
