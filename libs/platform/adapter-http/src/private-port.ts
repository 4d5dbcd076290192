import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type HttpRequest } from './http-types';

const onBothPorts = ['/health/live', '/health/ready', '/metrics'];

/**
 * A second server before the same router. Which of the two a request came in by decides what it can reach: routes below
 * `/private/` here alone, all others on the public port alone, health and metrics on both.
 */
export class PrivatePort {
  readonly server: Server;
  private readonly requests = new WeakSet<IncomingMessage>();

  constructor(route: RequestListener) {
    this.server = createServer((request, response) => {
      this.requests.add(request);
      route(request, response);
    });
  }

  /** @param url a route's pattern, not the requested path, which may be written in many ways (`/%70rivate/`). */
  isReachable({ raw }: Pick<HttpRequest, 'raw'>, url: string): boolean {
    return onBothPorts.includes(url) || url.startsWith('/private/') === this.requests.has(raw);
  }
}
