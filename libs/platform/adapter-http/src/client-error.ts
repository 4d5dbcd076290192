import { type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { sunbirdError } from './envelope';
import { codeOf } from './failure';

/** What Node's parser says of a request that never became one. */
const byCode: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'the headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'the request took too long to arrive' },
};
const notHttp = { status: 400, message: 'the request is not valid HTTP' };

/** Answers in the envelope, although there is no request to speak of, and hangs up. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message } = byCode[error.code ?? ''] ?? notHttp;
  const call = { apiId: 'api.unknown', messageId: randomUUID() };
  const body = JSON.stringify(sunbirdError(call, { status, code: codeOf(status), message }, new Date()));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
