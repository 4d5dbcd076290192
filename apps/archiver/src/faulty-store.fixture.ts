import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/**
 * What goes wrong with a request: refused or not now, as a store says it; its connection is cut; its body or that of the
 * answer arrives with one byte changed; the answer breaks off half-way.
 */
export type StoreFault =
  | 'refused'
  | 'unavailable'
  | 'cut'
  | 'damaged-upload'
  | 'damaged-download'
  | 'truncated-download';

const SAID = { refused: [403, 'AccessDenied'], unavailable: [503, 'SlowDown'] } as const;

/** Stands before the S3 server, and lets requests go wrong. */
export class FaultyStore {
  /** Asked of every request: its method and its path, percent-encoded. */
  fault: (method: string, path: string) => StoreFault | undefined = () => undefined;
  private server: Server | undefined;

  /** @param target the server's URL */
  constructor(private readonly target: string) {}

  /** @returns the URL to use in place of the server's */
  async open(): Promise<string> {
    const server = createServer((request, response) => this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const fault = this.fault(method, url);
    if (fault === 'refused' || fault === 'unavailable') {
      const [status, code] = SAID[fault];
      request.resume();
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>by the test</Message></Error>`);
      return;
    }
    if (fault === 'cut') {
      request.once('data', () => request.destroy()).resume();
      return;
    }
    const upstream = send(this.target + url, { method, headers }, (answer) => pass(answer, response, fault));
    upstream.on('error', () => response.destroy());
    request.on('data', (chunk: Buffer) => upstream.write(fault === 'damaged-upload' ? damaged(chunk) : chunk));
    request.on('end', () => upstream.end());
  }
}

function pass(answer: IncomingMessage, response: ServerResponse, fault: StoreFault | undefined): void {
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  if (fault !== 'truncated-download') {
    answer.on('data', (chunk: Buffer) => response.write(fault === 'damaged-download' ? damaged(chunk) : chunk));
    answer.on('end', () => response.end());
    return;
  }
  answer.once('data', (chunk: Buffer) => {
    response.write(chunk.subarray(0, chunk.length / 2), () => response.destroy());
    answer.destroy();
  });
}

/** With its last byte changed: chunk lengths and headers before it stay as they are. */
function damaged(chunk: Buffer): Buffer {
  const changed = Buffer.from(chunk);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}
