import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DownloadLog, type ReportFile, type ReportRequest } from '@scorekeep/core/domain-exhaust';
import { SignedUrls } from '@scorekeep/platform/domain-storage';
import { type Requester } from '../identity/requester';
import { RequestMonitor } from '../request-monitor.port';
import { RequestOptions } from '../request-options';

const SECRET_BYTES = 24;

/** Links to a request's files, for one who may have them. */
export interface LinksToFiles {
  readonly downloadUrls: readonly string[];
  /** When the first of them ends; null when there are none. */
  readonly expiresAtMs: number | null;
}

/** Makes links to reports. Each is recorded before it is handed out: who got it, to what, when. */
@Injectable()
export class ReportLinks {
  constructor(
    private readonly urls: SignedUrls,
    private readonly log: DownloadLog,
    private readonly monitor: RequestMonitor,
    private readonly options: RequestOptions,
  ) {}

  /** @throws STORAGE.*, CASSANDRA.* */
  async linksTo(request: ReportRequest, requester: Requester): Promise<LinksToFiles> {
    const { files } = request;
    if (files.length === 0) return { downloadUrls: [], expiresAtMs: null };
    const links = await Promise.all(files.map((file) => this.linkTo(file, request, requester)));
    this.monitor.downloads('handed out', request, files.length);
    return {
      downloadUrls: links.map(({ url }) => url),
      expiresAtMs: Math.min(...links.map(({ expiresAtMs }) => expiresAtMs)),
    };
  }

  private async linkTo({ key }: ReportFile, request: ReportRequest, { userId, channel }: Requester) {
    const { urlTtlMs, nowMs, publicUrl } = this.options;
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const handedOutOnMs = nowMs();
    const signed = await this.urls.sign(key, urlTtlMs);
    const link =
      signed.kind === 'signed'
        ? { url: signed.url, expiresAtMs: signed.expiresAtMs }
        : {
            url: `${publicUrl()}/dataset/v1/download/${request.requestId}.${secret}`,
            expiresAtMs: handedOutOnMs + urlTtlMs,
          };
    await this.log.record({
      ...{ requestId: request.requestId, linkId: linkIdOf(secret), tag: request.tag, userId, channel, key },
      ...{ handedOutOnMs, expiresOnMs: link.expiresAtMs },
    });
    return link;
  }
}

/** What is kept of a link, which is itself a secret. */
export function linkIdOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
