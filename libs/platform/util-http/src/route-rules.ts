import { RouteConfig } from '@nestjs/platform-fastify';
import { type BodyClass } from './request-body.pipe';

/** What decorators say about a route; the HTTP adapter finds it in the matched route's `config`. */
export interface RouteRules {
  /** Names the API in envelopes. */
  readonly apiId?: string;
  /** Answers anybody, without a token, on both ports. */
  readonly isOpen?: boolean;
  readonly acceptsExpiredToken?: boolean;
  /** What the JSON body must be, a class with class-validator's decorators. */
  readonly bodyClass?: BodyClass;
}

const rulesOfHandler = new WeakMap<object, RouteRules>();

/** Adds to what other decorators of the same handler say. */
export function withRouteRules(added: RouteRules): MethodDecorator {
  return (prototype, property, descriptor) => {
    const handler = descriptor.value as unknown as object;
    const rules = { ...rulesOfHandler.get(handler), ...added };
    rulesOfHandler.set(handler, rules);
    return RouteConfig(rules)(prototype, property, descriptor);
  };
}
