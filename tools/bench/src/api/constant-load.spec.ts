import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { applyLoad } from './constant-load';

const request = Buffer.from('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
let server: Server;

async function listen(answer: (index: number) => { status: number; afterMs: number }): Promise<number> {
  let index = 0;
  server = createServer((_, response) => {
    const { status, afterMs } = answer(index++);
    setTimeout(() => response.writeHead(status).end('{"ok":true}'), afterMs);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

const load = (port: number, connections: number) =>
  applyLoad({
    ...{ port, connections, requests: [request], requestsPerSecond: 200, durationMs: 200 },
    signal: new AbortController().signal,
  });

afterEach(() => new Promise((closed) => server.close(closed)));

describe('applyLoad', () => {
  it('offers what it should, and tells apart what was accepted', async () => {
    const port = await listen((index) => ({ status: index % 4 === 0 ? 503 : 200, afterMs: 0 }));
    const { offered, statuses, acceptedPerSecond, p50Ms } = await load(port, 10);
    expect({ offered, statuses: Object.fromEntries(statuses), acceptedPerSecond }).toEqual({
      offered: 40,
      statuses: { 200: 30, 503: 10 },
      acceptedPerSecond: 150,
    });
    expect(p50Ms).toBeGreaterThan(0);
  });

  it('charges a server that stands still for all that was due meanwhile', async () => {
    const port = await listen((index) => ({ status: 200, afterMs: index === 0 ? 300 : 0 }));
    const { statuses, p50Ms, maxMs } = await load(port, 1);
    expect(Object.fromEntries(statuses)).toEqual({ 200: 40 });
    // Half of them were due in the first 100 ms and had to wait for the first answer.
    expect(p50Ms).toBeGreaterThan(150);
    expect(maxMs).toBeGreaterThanOrEqual(p50Ms);
  });
});
