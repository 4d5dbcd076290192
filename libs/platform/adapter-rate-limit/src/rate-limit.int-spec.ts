import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@scorekeep/platform/util-logging';
import { createRateLimit, type RunningRateLimit } from './index';

const redisUrl = process.env['REDIS_URL'] ?? '';
const logged: string[] = [];
const logger = createLogger({ name: 'tested', level: 'info', destination: { write: (line) => logged.push(line) } });
const name = `test-${randomUUID()}`;
const running: RunningRateLimit[] = [];

/** One instance of an app. Windows of seconds: what a test leaves in Redis is gone soon after. */
function instance(url: string | undefined, requests = 3, window = '2s'): RunningRateLimit {
  const settings = { RATE_LIMIT_REQUESTS: requests, RATE_LIMIT_WINDOW: window, ...(url ? { REDIS_URL: url } : {}) };
  const limit = createRateLimit(settings, { name, logger });
  running.push(limit);
  return limit;
}

/** Redis behind a wire that can be made to carry nothing for a while. */
class PausableRedis {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((near) => {
    const { hostname, port } = new URL(redisUrl);
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });

  static async start(): Promise<PausableRedis> {
    const proxy = new PausableRedis();
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  pause(): void {
    for (const socket of this.sockets) socket.pause();
  }

  resume(): void {
    for (const socket of this.sockets) socket.resume();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }
}

const take = (limit: RunningRateLimit, user: string) => limit.rateLimit?.take(user);

/** A connection takes a moment. */
async function untilShared(limit: RunningRateLimit): Promise<RunningRateLimit> {
  while (!limit.isShared()) await delay(10);
  return limit;
}

afterEach(() => {
  for (const limit of running.splice(0)) limit.close();
  logged.length = 0;
});

describe('a rate limit', () => {
  it('is one for all instances, and each user’s own', async () => {
    const shared = () => untilShared(instance(redisUrl, 3, '30s'));
    const [one, other] = [await shared(), await shared()];
    const [user, another] = [randomUUID(), randomUUID()];
    expect(await take(one, user)).toBeUndefined();
    expect(await take(other, user)).toBeUndefined();
    expect(await take(one, user)).toBeUndefined();
    const waits = [await take(other, user), await take(one, user), await take(one, user)];
    for (const waitMs of waits) expect(waitMs).toBeGreaterThan(0);
    for (const waitMs of waits) expect(waitMs).toBeLessThanOrEqual(30_000);
    expect(await take(other, another)).toBeUndefined();
  });

  it('is kept by each instance alone while Redis is away, and says so once', async () => {
    const away = instance('redis://127.0.0.1:1');
    const user = randomUUID();
    const waits = [await take(away, user), await take(away, user), await take(away, user), await take(away, user)];
    expect(waits).toEqual([undefined, undefined, undefined, expect.any(Number)]);
    expect(away.isShared()).toBe(false);
    expect(logged).toEqual([expect.stringContaining('counted by this instance alone')]);
  });

  it('is kept alone while Redis hangs, and together again when it answers', async () => {
    const proxy = await PausableRedis.start();
    const hanging = await untilShared(instance(proxy.url, 1));
    const user = randomUUID();
    proxy.pause();
    expect([await take(hanging, user), await take(hanging, user)]).toEqual([undefined, expect.any(Number)]);
    expect(hanging.isShared()).toBe(false);
    proxy.resume();
    do {
      await delay(20);
      await take(hanging, randomUUID());
    } while (!hanging.isShared());
    expect(logged).toEqual([
      expect.stringContaining('counted by this instance alone'),
      expect.stringContaining('together with other instances again'),
    ]);
    hanging.close();
    await proxy.stop();
  });

  it('is kept by each instance alone without Redis', async () => {
    const alone = instance(undefined, 1);
    const user = randomUUID();
    expect([await take(alone, user), await take(alone, user)]).toEqual([undefined, expect.any(Number)]);
    expect(await take(instance(undefined, 1), user)).toBeUndefined();
  });

  it('may be none', () => {
    expect(instance(redisUrl, 0).rateLimit).toBeUndefined();
  });
});
