import { type RouteRules } from '@scorekeep/platform/util-http';
import { type HttpRequest } from './http-types';

/** What decorators say about the route that a request has matched; nothing when it has matched none. */
export function rulesOf({ routeOptions }: Pick<HttpRequest, 'routeOptions'>): RouteRules {
  return routeOptions.config ?? {};
}
