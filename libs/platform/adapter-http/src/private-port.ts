import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type Socket } from 'node:net';
import { answerClientError } from './client-error';
import { type HttpRequest } from './http-types';
import { serverOptions } from './server-options';

/** A second server before the same router; which of the two took a request decides what it can reach. */
export class PrivatePort {
  readonly server: Server;
  private readonly requests = new WeakSet<IncomingMessage>();

  constructor(route: RequestListener) {
    this.server = createServer(serverOptions, (request, response) => {
      this.requests.add(request);
      route(request, response);
    });
    this.server.on('clientError', (error, socket) => answerClientError(error, socket as Socket));
  }

  took({ raw }: Pick<HttpRequest, 'raw'>): boolean {
    return this.requests.has(raw);
  }
}
