import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type HttpRequest } from './http-types';

/** A second server before the same router; which of the two took a request decides what it can reach. */
export class PrivatePort {
  readonly server: Server;
  private readonly requests = new WeakSet<IncomingMessage>();

  constructor(route: RequestListener) {
    this.server = createServer((request, response) => {
      this.requests.add(request);
      route(request, response);
    });
  }

  took({ raw }: Pick<HttpRequest, 'raw'>): boolean {
    return this.requests.has(raw);
  }
}
