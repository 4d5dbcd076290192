import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** Told the status of the answer; 0 when the connection broke instead. */
export type OnAnswer = (status: number) => void;

/**
 * One kept-alive connection that sends one request at a time. Written for load: it looks at nothing of an answer but
 * status and length, so that the client costs a small part of what the server does.
 */
export class HttpConnection {
  private readonly socket: Socket;
  private received = '';
  private onAnswer: OnAnswer | undefined;

  private constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port });
    this.socket.setNoDelay(true);
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text) => this.receive(String(text)));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => this.end(0));
  }

  static async open(port: number): Promise<HttpConnection> {
    const connection = new HttpConnection(port);
    await new Promise<void>((done, failed) => connection.socket.once('connect', done).once('error', failed));
    return connection;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  /** @param request the bytes of a whole request; the connection must not be waiting for an answer */
  send(request: Buffer, onAnswer: OnAnswer): void {
    this.onAnswer = onAnswer;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const head = this.received.slice(0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < headEnd + HEAD_END.length + length) return;
    this.received = '';
    this.end(Number(head.slice(9, 12)));
  }

  private end(status: number): void {
    const { onAnswer } = this;
    this.onAnswer = undefined;
    onAnswer?.(status);
  }
}
