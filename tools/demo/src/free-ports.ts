import { createServer, type AddressInfo } from 'node:net';

/** Two ports of 127.0.0.1 that nobody listens on now. */
export async function twoFreePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const [first = 0, second = 0] = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done, failed) => {
          server.once('error', failed);
          server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return [first, second];
}
