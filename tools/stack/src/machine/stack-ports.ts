import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/** Names of the ports, and of their placeholders in the templates. */
export const PORT_NAMES = [
  'CQL_PORT',
  'STORAGE_PORT',
  'KAFKA_PORT',
  'CONTROLLER_PORT',
  'REDIS_PORT',
  'S3_PORT',
] as const;
export type PortName = (typeof PORT_NAMES)[number];
export type StackPorts = Readonly<Record<PortName, number>>;

/** Below the range from which Linux takes ports for outgoing connections: those come and go. */
const FIRST_PORT = 20_000;
const PORT_COUNT = 12_000;

/**
 * The ports to use: each remembered one as long as it is ours or free, else the next free one.
 *
 * @param seed where the search begins: two checkouts begin at different places
 * @param remembered ports of the run before
 * @param isUsable whether nobody else has the port
 */
export async function choosePorts(
  seed: string,
  remembered: Partial<StackPorts>,
  isUsable: (port: number, name: PortName) => Promise<boolean>,
): Promise<StackPorts> {
  const chosen: Partial<Record<PortName, number>> = {};
  const taken = new Set<number>(Object.values(remembered));
  const candidates = portsFrom(seed);
  for (const name of PORT_NAMES) {
    let port = remembered[name];
    while (port === undefined || !(await isUsable(port, name))) port = nextUntaken(candidates, taken);
    chosen[name] = port;
  }
  return chosen as StackPorts;
}

function* portsFrom(seed: string): Generator<number, void> {
  const start = createHash('sha256').update(seed).digest().readUInt32BE(0);
  for (let step = 0; step < PORT_COUNT; step++) yield FIRST_PORT + ((start + step) % PORT_COUNT);
}

function nextUntaken(candidates: Generator<number, void>, taken: Set<number>): number {
  for (;;) {
    const { value, done } = candidates.next();
    if (done) throw new RangeError(`No free port between ${FIRST_PORT} and ${FIRST_PORT + PORT_COUNT - 1}.`);
    if (!taken.has(value)) {
      taken.add(value);
      return value;
    }
  }
}

/** Whether a server could listen on this port of 127.0.0.1 right now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
