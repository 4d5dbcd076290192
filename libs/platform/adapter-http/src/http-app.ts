import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { cannotListen } from './http.errors';
import { type HttpSettings } from './http.settings';
import { type Readiness } from './readiness';
import { type MethodRoute, type RouteTable } from './route-table';

/** Where an app listens. */
export interface HttpAddresses {
  readonly port: number | undefined;
  readonly privatePort: number | undefined;
}

export interface HttpAppParts {
  readonly routes: RouteTable;
  readonly privateServer: Server;
  readonly readiness: Readiness;
  readonly shutdownDelayMs: number;
}

/** An app that is built; made by `createHttpApp`. Its `close` is what `runService` wants. */
export class HttpApp {
  constructor(
    readonly nest: NestFastifyApplication,
    private readonly parts: HttpAppParts,
  ) {}

  /** All routes, in order of registration. */
  get routes(): readonly MethodRoute[] {
    return this.parts.routes.all();
  }

  /** @throws HTTP.CANNOT_LISTEN naming address and setting. */
  async listen({ HTTP_HOST: host, HTTP_PORT, HTTP_PRIVATE_PORT }: HttpSettings): Promise<HttpAddresses> {
    await this.nest.listen(HTTP_PORT, host).catch((error: NodeJS.ErrnoException) => {
      throw cannotListen(host, HTTP_PORT, 'HTTP_PORT', error);
    });
    if (HTTP_PRIVATE_PORT !== undefined) await this.listenPrivately(host, HTTP_PRIVATE_PORT);
    return { port: portOf(this.nest.getHttpServer()), privatePort: portOf(this.parts.privateServer) };
  }

  /** Not ready from now on; requests that were begun are answered, then connections close, then the module's providers. */
  async close(): Promise<void> {
    const { privateServer, readiness, shutdownDelayMs } = this.parts;
    readiness.stop();
    // Whoever sends requests here needs a moment to learn that it should not.
    await delay(shutdownDelayMs);
    await Promise.all([this.nest.getHttpAdapter().close(), closeServer(privateServer)]);
    await this.nest.close();
  }

  private listenPrivately(host: string, port: number): Promise<void> {
    const { privateServer } = this.parts;
    return new Promise((resolve, reject) => {
      privateServer.once('error', (error) => reject(cannotListen(host, port, 'HTTP_PRIVATE_PORT', error)));
      privateServer.listen(port, host, resolve);
    });
  }
}

function portOf(server: Pick<Server, 'address'>): number | undefined {
  return (server.address() as AddressInfo | null)?.port;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => server.close(resolve));
}
