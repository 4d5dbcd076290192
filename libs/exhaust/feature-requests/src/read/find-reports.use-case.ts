import { Injectable } from '@nestjs/common';
import { type ReportRequest, RequestLedger } from '@scorekeep/core/domain-exhaust';
import { type Requester } from '../identity/requester';
import { notFound } from '../requests.errors';
import { isBehind, type ListPage, type ListPosition, newestFirst } from './list-page';

/** Requests of the caller's channel; those of others are not there. */
@Injectable()
export class FindReports {
  constructor(private readonly ledger: RequestLedger) {}

  /** @throws EXHAUST.NOT_FOUND, CASSANDRA.* */
  async one(tag: string, requestId: string, requester: Requester): Promise<ReportRequest> {
    const key = { tag: this.tagOf(tag, requester), requestId };
    const request = await this.ledger.find(key);
    if (!request) throw notFound(`there is no request ${requestId} of ${tag}`);
    return request;
  }

  /**
   * A page of a tag's requests, newest submission first. Holds a page in memory, however many there are.
   *
   * @throws EXHAUST.NOT_FOUND when the channel has none of this tag; CASSANDRA.*
   */
  async list(tag: string, page: ListPage, requester: Requester) {
    let found = 0;
    let kept: ReportRequest[] = [];
    for await (const request of this.ledger.ofTag(this.tagOf(tag, requester))) {
      found += 1;
      if (page.after && !isBehind(request, page.after)) continue;
      kept.push(request);
      // One more than a page tells whether there is another.
      if (kept.length > 2 * page.limit + 1) kept = firstOf(kept, page.limit + 1);
    }
    if (found === 0) throw notFound(`there are no requests of ${tag}`);
    const [jobs, more] = [firstOf(kept, page.limit), kept.length > page.limit];
    const last = jobs.at(-1);
    const next: ListPosition | undefined =
      more && last ? { submittedOnMs: last.submittedOnMs, requestId: last.requestId } : undefined;
    return { jobs, next };
  }

  /** The tag may be given as a submission has it, or as answers have it. */
  private tagOf(tag: string, { channel }: Requester): string {
    if (!tag.includes(':')) return `${tag}:${channel}`;
    if (tag.endsWith(`:${channel}`)) return tag;
    throw notFound(`there are no requests of ${tag}`);
  }
}

function firstOf(requests: readonly ReportRequest[], count: number): ReportRequest[] {
  return [...requests].sort(newestFirst).slice(0, count);
}
