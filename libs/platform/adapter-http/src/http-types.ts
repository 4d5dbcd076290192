import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type Caller } from '@scorekeep/platform/util-http';

/** What this library uses of a Fastify request. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
  readonly raw: IncomingMessage;
  readonly routeOptions: {
    /** The pattern of the matched route; undefined when there is none. */
    readonly url?: string | undefined;
    /** What decorators noted about the route. */
    readonly config?: object;
  };
  /** Whose token was checked; read by `@AuthenticatedCaller`. */
  caller?: Caller;
}

/** What this library uses of a Fastify reply. */
export interface HttpReply {
  readonly sent: boolean;
  readonly statusCode: number;
  readonly elapsedTime: number;
  code(status: number): HttpReply;
  header(name: string, value: string): HttpReply;
  send(body: unknown): HttpReply;
  callNotFound(): void;
}
