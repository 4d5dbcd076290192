import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A port of its own that leads to a server while it is open: a server that can be away. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  private constructor(
    private readonly port: number,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  /** Takes a free port on which nothing answers yet. @param target `host:port` */
  static async reserve(target: string): Promise<TcpProxy> {
    const [host = '', port = ''] = target.split(':');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const reserved = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));
    return new TcpProxy(reserved, { host, port: Number(port) });
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** From now on connections reach the server. May be called again after `close`. */
  async open(): Promise<void> {
    const server = createServer((client) => this.join(client, connect(this.target.port, this.target.host)));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Cuts every connection and refuses new ones. */
  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  private join(client: Socket, upstream: Socket): void {
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket));
      socket.pipe(other);
    }
  }
}
