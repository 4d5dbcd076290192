import { RouteConfig } from '@nestjs/platform-fastify';
import { type HttpRequest } from './http-types';

/**
 * Names the API that a handler answers: its result comes in a success envelope with this id, its errors in an error
 * envelope. Handlers without it answer plainly.
 */
export function ApiId(apiId: string): MethodDecorator {
  return RouteConfig({ apiId });
}

/** The id that the matched route's handler was given; undefined without a handler or without an id. */
export function apiIdOf({ routeOptions }: Pick<HttpRequest, 'routeOptions'>): string | undefined {
  return (routeOptions.config as { apiId?: string } | undefined)?.apiId;
}
