/** A link that was handed out, or a file that was fetched by it. */
export interface DownloadEntry {
  readonly requestId: string;
  /** Names the link among those of its request; of a secret link, its digest. */
  readonly linkId: string;
  readonly tag: string;
  /** Who got it. */
  readonly userId: string;
  readonly channel: string;
  readonly key: string;
  readonly handedOutOnMs: number;
  readonly expiresOnMs: number;
}

/** Who got which link to what, and when. */
export abstract class DownloadLog {
  /** Resolves when it is kept for good. Repeating it changes nothing. @throws CASSANDRA.* */
  abstract record(entry: DownloadEntry): Promise<void>;

  /** @throws CASSANDRA.* */
  abstract find(requestId: string, linkId: string): Promise<DownloadEntry | undefined>;

  /** A file was fetched by a link that this system serves itself. @throws CASSANDRA.* */
  abstract fetched(requestId: string, linkId: string, nowMs: number): Promise<void>;

  /** All links of a request, in no order. @throws CASSANDRA.* */
  abstract ofRequest(requestId: string): AsyncIterable<DownloadEntry & { readonly fetchedOnMs: number | null }>;
}
