import { type RouteRules } from '@scorekeep/platform/util-http';
import { type HttpRequest } from './http-types';

/** The id that `@ApiId` gave the matched route's handler; undefined without a handler or without an id. */
export function apiIdOf({ routeOptions }: Pick<HttpRequest, 'routeOptions'>): string | undefined {
  return (routeOptions.config as RouteRules | undefined)?.apiId;
}
