import { type ReportRequest, type RequestKey, RequestLedger } from '@scorekeep/core/domain-exhaust';

/** Requests in memory. Every call takes effect at once. */
export class InMemoryRequestLedger extends RequestLedger {
  private readonly requests = new Map<string, ReportRequest>();

  async find(key: RequestKey): Promise<ReportRequest | undefined> {
    return this.requests.get(nameOf(key));
  }

  async *ofTag(tag: string): AsyncGenerator<ReportRequest> {
    const found = [...this.requests.values()].filter((request) => request.tag === tag);
    yield* found.sort((left, right) => (left.requestId < right.requestId ? -1 : 1));
  }

  async save(request: ReportRequest, expectedVersion: number): Promise<'saved' | 'conflict'> {
    const name = nameOf(request);
    if ((this.requests.get(name)?.version ?? 0) !== expectedVersion) return 'conflict';
    this.requests.set(name, request);
    return 'saved';
  }
}

function nameOf({ tag, requestId }: RequestKey): string {
  return JSON.stringify([tag, requestId]);
}
