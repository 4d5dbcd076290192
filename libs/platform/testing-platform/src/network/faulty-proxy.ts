import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What can go wrong with a request on its way, and how long it takes. */
export type HttpFault =
  | 'cut'
  | 'damaged-upload'
  | 'damaged-download'
  | 'truncated-download'
  | 'stalled-download'
  | 'slow-download'
  | { readonly status: number; readonly body: string };

const SLOW_BY_MS = 5;
const LEAST_CONTENT = 400;

/** Stands before an HTTP server, and lets requests go wrong. */
export class FaultyProxy {
  /** Asked of every request: its method and its path with the query, percent-encoded. */
  fault: (method: string, path: string) => HttpFault | undefined = () => undefined;
  /** Requests that came, sent on or not. */
  requests = 0;
  private server: Server | undefined;

  /** @param target the server's URL */
  constructor(private readonly target: string) {}

  /** @returns `host:port` to use in place of the server's */
  async open(): Promise<string> {
    const server = createServer((request, response) => this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** From now on nothing goes wrong. */
  behave(): void {
    this.fault = () => undefined;
    this.requests = 0;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const fault = this.fault(method, url);
    this.requests += 1;
    if (typeof fault === 'object') {
      request.resume().once('end', () => response.writeHead(fault.status).end(fault.body));
      return;
    }
    if (fault === 'cut') {
      request.once('data', () => request.destroy()).once('end', () => request.destroy());
      return;
    }
    const upstream = send(this.target + url, { method, headers }, (answer) => pass(answer, response, fault));
    upstream.on('error', () => response.destroy());
    request.on('data', (chunk: Buffer) => upstream.write(fault === 'damaged-upload' ? damaged(chunk) : chunk));
    request.on('end', () => upstream.end());
  }
}

function pass(answer: IncomingMessage, response: ServerResponse, fault: HttpFault | undefined): void {
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  if (fault === 'truncated-download' || fault === 'stalled-download') {
    answer.once('data', (chunk: Buffer) => {
      answer.destroy();
      response.write(chunk.subarray(0, chunk.length / 2), () => {
        if (fault === 'truncated-download') response.destroy();
      });
    });
    return;
  }
  if (fault === 'slow-download') drip(answer, response).catch(() => response.destroy());
  else {
    answer.on('data', (chunk: Buffer) => response.write(fault === 'damaged-download' ? damaged(chunk) : chunk));
    answer.on('end', () => response.end());
  }
}

async function drip(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, SLOW_BY_MS));
  }
  response.end();
}

/** With a byte in its middle changed; what is short is no content, but says what follows. */
function damaged(chunk: Buffer): Buffer {
  if (chunk.length < LEAST_CONTENT) return chunk;
  const changed = Buffer.from(chunk);
  const middle = Math.floor(changed.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}
