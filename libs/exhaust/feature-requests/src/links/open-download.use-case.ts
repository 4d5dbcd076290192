import { Injectable } from '@nestjs/common';
import { type DownloadEntry, DownloadLog } from '@scorekeep/core/domain-exhaust';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { RequestMonitor } from '../request-monitor.port';
import { RequestOptions } from '../request-options';
import { notFound } from '../requests.errors';
import { linkIdOf } from './report-links';

const TOKEN = /^([0-9A-F]{32})\.([\w-]{32})$/;

/** A file to send. */
export interface Download {
  readonly key: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Gives out a file by a link that this service made itself, for a store that has no links. */
@Injectable()
export class OpenDownload {
  constructor(
    private readonly log: DownloadLog,
    private readonly storage: ArchiveStorage,
    private readonly monitor: RequestMonitor,
    private readonly options: RequestOptions,
  ) {}

  /**
   * @param channel of whoever fetches, where they say
   * @throws EXHAUST.NOT_FOUND when there is no such link, it has expired, or it is another channel's
   */
  async execute(token: string, channel: string | undefined): Promise<Download> {
    const nowMs = this.options.nowMs();
    const entry = await this.entryOf(token);
    const isTheirs = channel === undefined || channel === entry?.channel;
    if (!entry || entry.expiresOnMs <= nowMs || !isTheirs) {
      throw notFound('there is no such link, or it has expired: read the request again for a new one');
    }
    const bytes = await this.storage.open(entry.key);
    await this.log.fetched(entry.requestId, entry.linkId, nowMs);
    this.monitor.downloads('fetched', entry, 1);
    return { key: entry.key, bytes };
  }

  private async entryOf(token: string): Promise<DownloadEntry | undefined> {
    const [, requestId, secret] = TOKEN.exec(token) ?? [];
    if (requestId === undefined || secret === undefined) return undefined;
    return this.log.find(requestId, linkIdOf(secret));
  }
}
