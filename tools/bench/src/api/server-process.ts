import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { usageOf } from '../ingest/process-usage';

const START_TIMEOUT_MS = 30_000;

/** One of the servers that are compared, as a process of its own. */
export class ServerProcess {
  private said = '';
  private readonly ended: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.said += String(text)));
    this.ended = new Promise((done) => child.once('close', done));
  }

  /** @param probe a path that answers anything once the server is up. @throws Error with what it said */
  static async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    { port, probe }: { readonly port: number; readonly probe: string },
  ): Promise<ServerProcess> {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...environment, HTTP_PORT: String(port) };
    const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new ServerProcess(child, port);
    const untilMs = performance.now() + START_TIMEOUT_MS;
    while (!(await server.answers(probe))) {
      if (child.exitCode !== null || performance.now() > untilMs) {
        child.kill('SIGKILL');
        throw new Error(`${args.join(' ')} did not come up:\n${server.said}`);
      }
      await delay(100);
    }
    return server;
  }

  /** CPU time that it has used, ms. @throws Error with what it said when it has ended */
  cpuMs(): number {
    const usage = this.child.pid === undefined ? undefined : usageOf(this.child.pid);
    if (!usage) throw new Error(`a server ended:\n${this.said}`);
    return usage.cpuMs;
  }

  /** @throws Error with what it said when it does not end with 0 */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const code = await this.ended;
    if (code !== 0) throw new Error(`a server ended with ${code}:\n${this.said}`);
  }

  private answers(probe: string): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}${probe}`).then(
      ({ status }) => status < 500,
      () => false,
    );
  }
}
