import { type DownloadEntry, DownloadLog } from '@scorekeep/core/domain-exhaust';

type Kept = DownloadEntry & { readonly fetchedOnMs: number | null };

/** Links in memory. */
export class InMemoryDownloadLog extends DownloadLog {
  private readonly entries = new Map<string, Kept>();

  async record(entry: DownloadEntry): Promise<void> {
    const name = nameOf(entry.requestId, entry.linkId);
    this.entries.set(name, { fetchedOnMs: this.entries.get(name)?.fetchedOnMs ?? null, ...entry });
  }

  async find(requestId: string, linkId: string): Promise<DownloadEntry | undefined> {
    const { fetchedOnMs: _fetchedOnMs, ...entry } = this.entries.get(nameOf(requestId, linkId)) ?? {};
    return 'key' in entry ? entry : undefined;
  }

  async fetched(requestId: string, linkId: string, nowMs: number): Promise<void> {
    const entry = this.entries.get(nameOf(requestId, linkId));
    if (entry) this.entries.set(nameOf(requestId, linkId), { ...entry, fetchedOnMs: nowMs });
  }

  async *ofRequest(requestId: string): AsyncGenerator<Kept> {
    yield* [...this.entries.values()].filter((entry) => entry.requestId === requestId);
  }
}

function nameOf(requestId: string, linkId: string): string {
  return JSON.stringify([requestId, linkId]);
}
