import { createServer } from 'node:net';
import fc from 'fast-check';
import { choosePorts, isPortFree, PORT_NAMES, type StackPorts } from './stack-ports';

const allFree = () => Promise.resolve(true);

describe('choosePorts', () => {
  it('gives a folder the same ports every time', async () => {
    expect(await choosePorts('/one', {}, allFree)).toEqual(await choosePorts('/one', {}, allFree));
  });

  it('gives two folders different ports', async () => {
    const [one, two] = await Promise.all([choosePorts('/one', {}, allFree), choosePorts('/two', {}, allFree)]);
    expect(Object.values(one).filter((port) => Object.values(two).includes(port))).toEqual([]);
  });

  it('replaces a remembered port that is taken, and only that one', async () => {
    const before = await choosePorts('/one', {}, allFree);
    const after = await choosePorts('/one', before, (port) => Promise.resolve(port !== before.KAFKA_PORT));
    expect(after).toEqual({ ...before, KAFKA_PORT: after.KAFKA_PORT });
    expect(Object.values(before)).not.toContain(after.KAFKA_PORT);
  });

  it('never gives a port twice, never a taken one, and never below or above its range', async () => {
    const remembered = fc.record(
      Object.fromEntries(PORT_NAMES.map((name, index) => [name, fc.constant(20_000 + index)])),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.string(), remembered, fc.infiniteStream(fc.boolean()), async (seed, known, coin) => {
        const asked = new Map<number, boolean>();
        const isUsable = (port: number) => {
          const answer = asked.get(port) ?? (coin.next().value as boolean);
          asked.set(port, answer);
          return Promise.resolve(answer);
        };
        const chosen = Object.values(await choosePorts(seed, known as Partial<StackPorts>, isUsable));
        expect(new Set(chosen).size).toBe(PORT_NAMES.length);
        expect(chosen.every((port) => asked.get(port) && port >= 20_000 && port < 32_000)).toBe(true);
      }),
    );
  });

  it('says so when no port is free', async () => {
    await expect(choosePorts('/one', {}, () => Promise.resolve(false))).rejects.toThrow(/No free port/);
  });
});

describe('isPortFree', () => {
  it('tells a port that a server has from one that nobody has', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(address && typeof address === 'object' ? address.port : 0);
      }),
    );
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });
});
