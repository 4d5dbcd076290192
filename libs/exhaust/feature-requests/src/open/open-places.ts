import { Injectable } from '@nestjs/common';
import {
  type ChannelRequests,
  isOpen,
  type OpenRequest,
  OpenRequests,
  type ReportRequest,
  type RequestKey,
  RequestLedger,
} from '@scorekeep/core/domain-exhaust';
import { tooManyOpen } from '../requests.errors';
import { untilSettled } from './change-record';

/** A place whose request did not follow within this time: whoever took it is gone. */
const ABANDONED_AFTER_MS = 10 * 60_000;

/** The places of a channel, of which each open request takes one. */
@Injectable()
export class OpenPlaces {
  constructor(
    private readonly open: OpenRequests,
    private readonly ledger: RequestLedger,
  ) {}

  /**
   * Takes a place for a request that is about to be saved, or keeps the one that it has.
   *
   * @throws EXHAUST.TOO_MANY_OPEN_REQUESTS when all are taken by requests that are open
   */
  async take(request: ReportRequest, most: number, nowMs: number): Promise<void> {
    const { tag, requestId, submission, channel } = request;
    await untilSettled(request, async () => {
      const { open, version } = await this.open.ofChannel(channel);
      let others = open.filter((entry) => !isOf(entry, request));
      if (others.length >= most) others = await this.stillOpen(others, nowMs);
      if (others.length >= most) throw tooManyOpen(most);
      return this.saved(channel, [...others, { tag, requestId, submission, sinceMs: nowMs }], version);
    });
  }

  /** Gives the place of a submission that has ended back; the place of a later one stays. */
  async giveBack(request: ReportRequest): Promise<void> {
    await untilSettled(request, async () => {
      const { open, version } = await this.open.ofChannel(request.channel);
      const left = open.filter((entry) => !isOf(entry, request) || entry.submission > request.submission);
      if (left.length === open.length) return true;
      return this.saved(request.channel, left, version);
    });
  }

  /** The open requests of all channels, as they are stored; places of requests that have ended are given back. */
  async *all(nowMs: number): AsyncGenerator<ReportRequest> {
    for await (const channel of this.open.channels()) yield* await this.ofChannel(channel, nowMs);
  }

  private async ofChannel(channel: string, nowMs: number): Promise<ReportRequest[]> {
    const { open, version } = await this.open.ofChannel(channel);
    const requests: ReportRequest[] = [];
    const kept: OpenRequest[] = [];
    for (const entry of open) {
      const request = await this.ledger.find(entry);
      if (keepsPlace(entry, request, nowMs)) kept.push(entry);
      if (request && isOpen(request)) requests.push(request);
    }
    // When somebody else changes the list meanwhile, the next look does it.
    if (kept.length < open.length) await this.open.save(channel, kept, version);
    return requests;
  }

  private async stillOpen(entries: readonly OpenRequest[], nowMs: number): Promise<OpenRequest[]> {
    const requests = await Promise.all(entries.map((entry) => this.ledger.find(entry)));
    return entries.filter((entry, index) => keepsPlace(entry, requests[index], nowMs));
  }

  private async saved(channel: string, open: ChannelRequests['open'], version: number): Promise<true | undefined> {
    return (await this.open.save(channel, open, version)) === 'saved' ? true : undefined;
  }
}

/** An entry comes before its request: one that is ahead of what is stored waits for it. */
function keepsPlace(entry: OpenRequest, request: ReportRequest | undefined, nowMs: number): boolean {
  if (request && request.submission >= entry.submission) return isOpen(request);
  return nowMs - entry.sinceMs < ABANDONED_AFTER_MS;
}

function isOf(entry: OpenRequest, { tag, requestId }: RequestKey): boolean {
  return entry.tag === tag && entry.requestId === requestId;
}
