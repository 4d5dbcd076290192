import { type Authenticator, type RateLimit, type RouteRules } from '@scorekeep/platform/util-http';
import { tooManyRequests } from './http.errors';
import { type HttpRequest } from './http-types';
import { type PrivatePort } from './private-port';

/** A route as the router knows it. */
export interface KnownRoute {
  /** Its pattern, not a requested path, which may be written in many ways (`/%70rivate/`). */
  readonly url: string;
  readonly config?: RouteRules | undefined;
}

export interface RouteAccessParts {
  readonly privatePort: PrivatePort;
  /** Without it, public routes are off. */
  readonly authenticator: Authenticator | undefined;
  readonly rateLimit: RateLimit | undefined;
}

/** Who may reach which route by which port, and how often. */
export class RouteAccess {
  constructor(private readonly parts: RouteAccessParts) {}

  /**
   * Whether the route is there at all for this request. Open routes are on both ports, those below `/private/` on the
   * private port alone, all others on the public port alone, and off while tokens cannot be checked.
   */
  isServed(request: Pick<HttpRequest, 'raw'>, route: KnownRoute): boolean {
    const { privatePort, authenticator } = this.parts;
    if (this.isOpen(route)) return true;
    if (isPrivate(route)) return privatePort.took(request);
    return !privatePort.took(request) && (authenticator?.isOn ?? false);
  }

  isOpen({ config }: KnownRoute): boolean {
    return config?.isOpen ?? false;
  }

  /** Notes the caller on the request, when the route wants one. @throws HTTP.UNAUTHENTICATED, HTTP.TOO_MANY_REQUESTS */
  async admit(request: HttpRequest, route: KnownRoute): Promise<void> {
    const { authenticator, rateLimit } = this.parts;
    if (!authenticator || this.isOpen(route) || isPrivate(route)) return;
    const acceptsExpired = route.config?.acceptsExpiredToken ?? false;
    const caller = await authenticator.authenticate(request.headers, { acceptsExpired });
    const waitMs = await rateLimit?.take(caller.userId);
    if (waitMs !== undefined) throw tooManyRequests(waitMs);
    request.caller = caller;
  }
}

function isPrivate({ url }: KnownRoute): boolean {
  return url.startsWith('/private/');
}
