import { type Authenticator, type RouteRules } from '@scorekeep/platform/util-http';
import { type HttpRequest } from './http-types';
import { type PrivatePort } from './private-port';

/** A route as the router knows it. */
export interface KnownRoute {
  /** Its pattern, not a requested path, which may be written in many ways (`/%70rivate/`). */
  readonly url: string;
  readonly config?: RouteRules | undefined;
}

/** Who may reach which route by which port. */
export class RouteAccess {
  constructor(
    private readonly privatePort: PrivatePort,
    private readonly authenticator: Authenticator | undefined,
  ) {}

  /**
   * Whether the route is there at all for this request. Open routes are on both ports, those below `/private/` on the
   * private port alone, all others on the public port alone, and off while tokens cannot be checked.
   */
  isServed(request: Pick<HttpRequest, 'raw'>, route: KnownRoute): boolean {
    if (isOpen(route)) return true;
    if (isPrivate(route)) return this.privatePort.took(request);
    return !this.privatePort.took(request) && (this.authenticator?.isOn ?? false);
  }

  /** Notes the caller on the request, when the route wants one. @throws HTTP.UNAUTHENTICATED */
  async admit(request: HttpRequest, route: KnownRoute): Promise<void> {
    if (!this.authenticator || isOpen(route) || isPrivate(route)) return;
    const acceptsExpired = rulesOf(route).acceptsExpiredToken ?? false;
    request.caller = await this.authenticator.authenticate(request.headers, { acceptsExpired });
  }
}

function isPrivate({ url }: KnownRoute): boolean {
  return url.startsWith('/private/');
}

function isOpen(route: KnownRoute): boolean {
  return rulesOf(route).isOpen ?? false;
}

function rulesOf({ config }: KnownRoute): RouteRules {
  return config ?? {};
}
