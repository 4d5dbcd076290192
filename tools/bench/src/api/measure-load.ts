import { type ApiWorld, type Side } from './api-world';
import { type BenchRequests, requestsFor } from './bench-requests';
import { applyLoad, type LoadResult } from './constant-load';

export type Call = keyof BenchRequests;

export interface Measurement extends LoadResult {
  /** Of the server's process, per request offered. */
  readonly cpuMsPerRequest: number;
}

export interface WantedLoad {
  readonly call: Call;
  readonly requestsPerSecond: number;
  readonly durationMs: number;
}

/** Enough for 64 at work, 64 waiting, and as many refused at the moment; a bare server takes them all on. */
const CONNECTIONS = 512;

/** Applies loads to the servers of a world. */
export class LoadMeter {
  private readonly requests: Readonly<Record<Side, BenchRequests>>;

  constructor(
    private readonly world: ApiWorld,
    private readonly signal: AbortSignal,
  ) {
    this.requests = { api: requestsFor('api', world.learners), bare: requestsFor('bare', world.learners) };
  }

  async measure(side: Side, { call, ...load }: WantedLoad): Promise<Measurement> {
    const server = this.world.server(side);
    const before = server.cpuMs();
    const requests = this.requests[side][call];
    const result = await applyLoad({
      ...load,
      ...{ port: server.port, requests, connections: CONNECTIONS, signal: this.signal },
    });
    return { ...result, cpuMsPerRequest: (server.cpuMs() - before) / result.offered };
  }
}
